import type { Dexie } from 'dexie'

/** Files that were kept and are no invoices yet. Apart from `originals`, so that listing them reads no bytes. */
export function v2(db: Dexie): void {
  db.version(2).stores({ files: 'sha256' })
}
