import { Dexie, type Table } from 'dexie'
import type { Instant } from '../domain/index.ts'
import type { Environment } from '../wallet/index.ts'
import type { ServiceReport } from '../channels/index.ts'

/** Something fetched, with when this device fetched it. */
export interface Kept<T> {
  readonly value: T
  readonly fetchedAt: Instant
}

/** What is fetched and kept for offline. It can be fetched again, so every failure here is silent: reads give null, writes do nothing. */
export interface Reference {
  status(): Promise<Kept<ServiceReport> | null>
  keepStatus(report: ServiceReport): Promise<void>
  /** Drops everything: to start anew, or to make room for what cannot be fetched again. */
  erase(): Promise<void>
  close(): void
}

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

  return {
    async status() {
      const row = await silently(kept.get('status'))
      return row && isReport(row.value) ? { value: row.value, fetchedAt: row.fetchedAt } : null
    },
    async keepStatus(report) {
      await silently(kept.put({ key: 'status', fetchedAt: clock.now(), value: report }))
    },
    async erase() {
      await silently(kept.clear())
    },
    close: () => db.close(),
  }
}

/** An older app may have kept another shape; then it is fetched again. */
function isReport(value: unknown): value is ServiceReport {
  const { asOf, components, incidents } = (value ?? {}) as Partial<ServiceReport>
  return typeof asOf === 'number' && Array.isArray(components) && Array.isArray(incidents)
}
