import type { Dexie } from 'dexie'

/** The first layout. Few indexes on purpose: each one costs at every write. `lookup` is the canonical key, or `~number` without one. */
export function v1(db: Dexie): void {
  db.version(1).stores({
    invoices: 'id, lookup',
    answers: 'id, entryId',
    originals: 'sha256',
    outbox: 'id, entryId',
    settings: 'key',
  })
}
