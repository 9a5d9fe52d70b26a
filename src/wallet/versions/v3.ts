import type { Dexie } from 'dexie'

/**
 * Verdicts on the signatures of files, apart from their bytes. What was kept before is entered with no verdict, by its key alone, so that
 * it is judged in its turn.
 */
export function v3(db: Dexie): void {
  db.version(3)
    .stores({ seals: 'file' })
    .upgrade(async (tx) => {
      const kept = await tx.table('originals').toCollection().primaryKeys()
      await tx.table('seals').bulkPut(kept.map((file) => ({ file, original: file })))
    })
}
