import { join } from 'node:path'
import Database from 'better-sqlite3'

/**
 * Keeps a data directory for one gateway: two would ask the same questions twice. The lock is the operating system's (held through SQLite, which
 * knows how on every platform), so it ends with the process, however that ends.
 * @returns what gives the directory back.
 * @throws when another gateway has it.
 */
export function lockDirectory(directory: string): () => void {
  const db = new Database(join(directory, 'lock'), { timeout: 0 })
  try {
    db.exec('begin exclusive')
  } catch (error) {
    db.close()
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY') {
      throw new Error(`Another gateway already uses the data directory ${directory}.`)
    }
    throw error
  }
  return () => {
    db.close()
  }
}
