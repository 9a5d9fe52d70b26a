import type { Draft, Element, Instant } from '../domain/index.ts'
import type { Environment, Original, Wallet, Way } from '../wallet/index.ts'

/** What capturing needs. */
export interface CaptureDeps extends Pick<Environment, 'clock' | 'random'> {
  readonly wallet: Wallet
}

/** What came of a capture; it is on disk when you read this. */
export interface Captured {
  readonly entryId: string
  /** Null for a new invoice; otherwise when it was first captured, for the warning. */
  readonly knownSince: Instant | null
  /** What the form must still ask for; empty when it can be verified or nobody can. */
  readonly missing: readonly Element[]
  /** `queued`: a question is (now or already) on its way · `answered`: these elements have an answer · `incomplete` · `uncheckable`. */
  readonly question: 'queued' | 'answered' | 'incomplete' | 'uncheckable'
  /** False when the file that came with it could not be kept intact. */
  readonly originalKept: boolean
}

/**
 * The single way in: one transaction keeps the invoice and its question. The same invoice twice is merged; it warns, it never blocks.
 * @throws WalletError, and then nothing was kept.
 */
export async function capture(_deps: CaptureDeps, _draft: Draft, _way: Way, _file?: Omit<Original, 'sha256'>): Promise<Captured> {
  throw new Error('follows')
}
