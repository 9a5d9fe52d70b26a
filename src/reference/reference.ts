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
  erase(): Promise<void>
  close(): void
}

/** Opens the second, relaxed database. Never throws. */
export async function openReference(
  _environment: Pick<Environment, 'indexedDB' | 'IDBKeyRange' | 'clock'>,
  _name = 'piaozai-reference',
): Promise<Reference> {
  throw new Error('follows')
}
