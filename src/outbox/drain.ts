import type { Channels } from '../channels/index.ts'
import type { Environment, Wallet } from '../wallet/index.ts'

/** What the drain needs. */
export interface OutboxDeps extends Pick<Environment, 'clock' | 'random' | 'locks'> {
  readonly wallet: Wallet
  readonly channels: Channels
}

/** What one drain did. `stopped` says why rows that are due were left: null when none was. */
export interface DrainReport {
  readonly sent: number
  readonly settled: number
  readonly parked: number
  readonly needsUser: number
  readonly stopped: 'hold' | 'connectivity' | 'overload' | 'lock-lost' | null
}

/**
 * Sends every due query, single-flight across tabs and worker. Resolves when nothing is due any more or it had to stop; what happened is in the rows.
 * `eager` ignores the pause after a connectivity error: for a start, the browser's `online`, a tap.
 * @throws WalletError when the wallet cannot be written.
 */
export async function drain(_deps: OutboxDeps, _how: { readonly eager?: boolean } = {}): Promise<DrainReport> {
  throw new Error('follows')
}
