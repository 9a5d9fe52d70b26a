import type { JudgedReading, ReadOptions } from '../formats/index.ts'
import type { Examined, Fingerprint } from './examine.ts'
import { bundledList } from './trust-list/bundled.ts'
import type { Trust } from './trust-list/list.ts'

export type { Examined } from './examine.ts'
export { bundledList } from './trust-list/bundled.ts'
export { adopt, newestOf, type Anchor, type Revocation, type TestIssuer, type Trust, type TrustList } from './trust-list/list.ts'

export * from './receipt/index.ts'
export { parseList } from './trust-list/parse.ts'
export { pinnedKey } from './trust-list/pinned.ts'
export { openList, signedBytes, type OpenedList } from './trust-list/signed-list.ts'

// The verifier comes with the first file: nothing before the first paint needs a curve.

/** How a file is examined. */
export interface ExamineOptions extends ReadOptions {
  /** The lists to judge by; the bundled one alone if nothing is said. */
  readonly trust?: Trust | undefined
}

/** What the build trusts. */
export const bundledTrust: Trust = { list: bundledList, imported: null }

/**
 * Reads a file and judges the signatures in it, without a network. A ZIP of invoices is read as one and has no seal of its own.
 * Never throws for what a file holds.
 */
export async function examine(bytes: Uint8Array, { trust = bundledTrust, ...options }: ExamineOptions = {}): Promise<Examined> {
  const verifier = await import('./examine.ts')
  return verifier.examine(bytes, trust, options)
}

/** {@link examine}, file by file: those of a ZIP one after the other, each with its own verdict, and its hash if there is a way to make it. */
export async function* examineFiles(
  bytes: Uint8Array,
  { trust = bundledTrust, ...options }: ExamineOptions & { readonly fingerprint?: Fingerprint | undefined } = {},
): AsyncGenerator<JudgedReading> {
  const verifier = await import('./examine.ts')
  yield* verifier.examineFiles(bytes, trust, options)
}
