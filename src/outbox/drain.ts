import type { Channels } from '../channels/index.ts'
import { newId, type Environment, type Wallet } from '../wallet/index.ts'
import { LockLost } from './lease.ts'
import { withLock } from './lock.ts'
import { createPass } from './pass.ts'

/** What the drain needs. */
export interface OutboxDeps extends Pick<Environment, 'clock' | 'random' | 'locks'> {
  readonly wallet: Wallet
  readonly channels: Channels
}

/** What one drain did. `stopped` says why rows that are due were left: null when none was. */
export interface DrainReport {
  /** Rows sent, each time counted. */
  readonly sent: number
  readonly settled: number
  readonly parked: number
  readonly needsUser: number
  readonly stopped: 'hold' | 'connectivity' | 'overload' | 'lock-lost' | null
}

export interface DrainHow {
  /** Ignores the pause after a connectivity error: for a start, the browser's `online`, a tap. */
  readonly eager?: boolean
}

interface Flight {
  readonly running: Promise<DrainReport>
  /** The drain that runs after it, whoever asked for it. */
  next: { eager: boolean; readonly report: Promise<DrainReport> } | null
}

/** What flies, per wallet of this realm. */
const flights = new WeakMap<Wallet, Flight>()

/**
 * Sends every due query, single-flight across tabs and worker. Resolves when nothing is due any more or it had to stop; what happened is in the rows.
 * Called while one runs, it joins the one that runs next, so that a row written a moment ago is not missed.
 * @throws WalletError when the wallet cannot be written.
 */
export function drain(deps: OutboxDeps, { eager = false }: DrainHow = {}): Promise<DrainReport> {
  const flight = flights.get(deps.wallet)
  if (flight === undefined) return launch(deps, eager)
  if (flight.next === null) {
    const after = () => launch(deps, flight.next?.eager ?? eager)
    flight.next = { eager, report: flight.running.then(after, after) }
  } else flight.next.eager ||= eager
  return flight.next.report
}

function launch(deps: OutboxDeps, eager: boolean): Promise<DrainReport> {
  const flight: Flight = { running: locked(deps, eager), next: null }
  flights.set(deps.wallet, flight)
  const landed = () => {
    if (flight.next === null) flights.delete(deps.wallet)
  }
  flight.running.then(landed, landed)
  return flight.running
}

async function locked(deps: OutboxDeps, eager: boolean): Promise<DrainReport> {
  const pass = createPass(deps, newId(deps.clock.now(), deps.random), eager)
  try {
    return await withLock(deps, pass.run)
  } catch (error) {
    const stolen = error instanceof LockLost || (error as { name?: unknown } | null)?.name === 'AbortError'
    if (!stolen) throw error
    return pass.report('lock-lost')
  }
}
