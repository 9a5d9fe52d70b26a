import { Dexie, type Table } from 'dexie'
import type { Instant } from '../domain/index.ts'
import type { Environment } from '../wallet/index.ts'
import type { OtherWays, ServiceReport } from '../channels/index.ts'

/** Something fetched, with when this device fetched it. */
export interface Kept<T> {
  readonly value: T
  readonly fetchedAt: Instant
}

/** What is fetched and kept for offline. It can be fetched again, so every failure here is silent: reads give null, writes do nothing. */
export interface Reference {
  status(): Promise<Kept<ServiceReport> | null>
  keepStatus(report: ServiceReport): Promise<void>
  /** Which other gateways and status hosts there are. */
  ways(): Promise<Kept<OtherWays> | null>
  keepWays(ways: OtherWays): Promise<void>
  /** What is kept of each gateway's receipt keys. It is read again by whoever adopted them; nothing here knows what it says. */
  keys(): Promise<readonly KeptKeyText[]>
  /** Puts `after` in the place of `before`. False when another tab was faster and something else is kept by now; it is to be looked at first. */
  keepKeys(origin: string, before: string | null, after: string): Promise<boolean>
  /** Makes room for what cannot be fetched again. The keys stay: they are small, and where there is no network nothing is checked without them. */
  makeRoom(): Promise<void>
  /** Deletes the database, to start anew. Whoever uses it next gets an empty one. */
  erase(): Promise<void>
  close(): void
}

/** What is kept of the receipt keys of the gateway at `origin`. */
export interface KeptKeyText {
  readonly origin: string
  readonly text: string
}

/** What the rows of receipt keys begin with; the origin follows. */
const keysOf = 'keys '

/** How long a read may take, in milliseconds. */
const patience = 1_000

type Row = { readonly key: string; readonly fetchedAt: Instant; readonly value: unknown }

/** Opens the second, relaxed database. Never throws. */
export async function openReference(
  { indexedDB, IDBKeyRange, clock }: Pick<Environment, 'indexedDB' | 'IDBKeyRange' | 'clock'>,
  name = 'piaozai-reference',
): Promise<Reference> {
  const db = new Dexie(name, { indexedDB, IDBKeyRange, chromeTransactionDurability: 'relaxed', cache: 'disabled' })
  db.version(1).stores({ kept: 'key' })
  const kept: Table<Row, string> = db.table('kept')
  const silently = <T>(work: PromiseLike<T>): Promise<T | null> => Promise.resolve(work).catch(() => null)
  /** A database that does not answer must not hold up whoever only wants to know what was kept. */
  const soon = <T>(read: PromiseLike<T>): Promise<T | null> =>
    new Promise((resolve) => {
      const stop = clock.after(patience, () => resolve(null))
      void silently(read).then((value) => {
        stop()
        resolve(value)
      })
    })

  return {
    async status() {
      const row = await soon(kept.get('status'))
      return row && isReport(row.value) ? { value: row.value, fetchedAt: row.fetchedAt } : null
    },
    async keepStatus(report) {
      await silently(kept.put({ key: 'status', fetchedAt: clock.now(), value: report }))
    },
    async ways() {
      const row = await soon(kept.get('ways'))
      return row && isWays(row.value) ? { value: row.value, fetchedAt: row.fetchedAt } : null
    },
    async keepWays(ways) {
      await silently(kept.put({ key: 'ways', fetchedAt: clock.now(), value: ways }))
    },
    async keys() {
      const rows = (await soon(kept.where('key').startsWith(keysOf).toArray())) ?? []
      return rows.flatMap(({ key, value }) => (typeof value === 'string' ? { origin: key.slice(keysOf.length), text: value } : []))
    },
    async keepKeys(origin, before, after) {
      const key = keysOf + origin
      const swap = db.transaction('rw', kept, async () => {
        const { value } = (await kept.get(key)) ?? { value: null }
        if ((typeof value === 'string' ? value : null) !== before) return false
        await kept.put({ key, fetchedAt: clock.now(), value: after })
        return true
      })
      return (await silently(swap)) ?? true
    },
    async makeRoom() {
      await silently(kept.filter(({ key }) => !key.startsWith(keysOf)).delete())
    },
    async erase() {
      await silently(db.delete({ disableAutoOpen: false }))
    },
    close: () => db.close(),
  }
}

function isWays(value: unknown): value is OtherWays {
  const { origins, statusHosts } = (value ?? {}) as Partial<OtherWays>
  return [origins, statusHosts].every((list) => Array.isArray(list) && list.every((one) => typeof one === 'string'))
}

/** An older app may have kept another shape; then it is fetched again. */
function isReport(value: unknown): value is ServiceReport {
  const { asOf, components, incidents } = (value ?? {}) as Partial<ServiceReport>
  return typeof asOf === 'number' && Array.isArray(components) && Array.isArray(incidents)
}
