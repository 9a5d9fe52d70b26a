/**
 * Why the wallet could not do something, classified once. Permanent codes:
 * `full` the device has no room (free some, then try again) · `blocked` another tab holds an older version open (close it) ·
 * `outdated` this tab is the older one and has let go (reload) · `newer` the data was written by a newer app (update the app) ·
 * `unavailable` the browser's storage does not work, also not after reopening.
 */
export type WalletFault = 'full' | 'blocked' | 'outdated' | 'newer' | 'unavailable'

/** The only error that leaves the wallet. `cause` is the browser's own. */
export class WalletError extends Error {
  readonly fault: WalletFault
  constructor(fault: WalletFault, cause?: unknown) {
    super(`wallet: ${fault}`, { cause })
    this.name = 'WalletError'
    this.fault = fault
  }
}

/** What a failed operation means: give up with a fault, try again on a new handle, or it is no database error at all. */
export type Failure = { readonly is: 'fault'; readonly fault: WalletFault } | { readonly is: 'lost' } | { readonly is: 'other' }

const lost = new Set([
  'DatabaseClosedError',
  'InvalidStateError',
  'UnknownError',
  'OpenFailedError',
  'TransactionInactiveError',
  'NotFoundError',
])

/**
 * Classifies what IndexedDB or Dexie threw. A quota error may arrive as `AbortError` with the quota inside; WebKit loses its server
 * with an `UnknownError` or `InvalidStateError` and the handle stays dead.
 */
export function classify(error: unknown): Failure {
  const chain = namesOf(error)
  if (chain.some(({ name, message }) => name === 'QuotaExceededError' || /quota/i.test(message))) return { is: 'fault', fault: 'full' }
  if (error instanceof WalletError) return { is: 'fault', fault: error.fault }
  if (chain.some(({ name }) => name === 'VersionError')) return { is: 'fault', fault: 'newer' }
  if (
    chain.some(
      ({ name, message }) =>
        lost.has(name) || /connection to indexed database server lost|connection.*(?:closed|closing|lost)/i.test(message),
    )
  )
    return { is: 'lost' }
  // An abort without a reason inside was not asked for by any of our code: the browser closed the database under us.
  return chain.some(({ name }) => name === 'AbortError') ? { is: 'lost' } : { is: 'other' }
}

function namesOf(error: unknown): { name: string; message: string }[] {
  const found: { name: string; message: string }[] = []
  for (let one = error; typeof one === 'object' && one !== null && found.length < 5; one = inner(one)) {
    const { name = '', message = '' } = one as { name?: unknown; message?: unknown }
    found.push({ name: String(name), message: String(message) })
  }
  return found
}

function inner(error: object): unknown {
  const { inner: dexie, cause, failures } = error as { inner?: unknown; cause?: unknown; failures?: readonly unknown[] }
  return dexie ?? cause ?? failures?.[0]
}
