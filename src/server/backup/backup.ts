import type { Instant } from '../../domain/index.ts'
import { keysFrom, knownSecret, parseSecret, putSecret } from '../keys.ts'
import { newestMigration } from '../store/migrate.ts'
import { openToRead, openToReplace, type Where } from './database.ts'
import { BackupError, checkBackup, rowsOf, writeBackup } from './file.ts'
import { writeRow } from './lines.ts'

/** Writes everything a gateway keeps to a file, also while it runs. @returns the rows. */
export async function backup(where: Where, file: string, { withKeys, now }: { withKeys: boolean; now: Instant }): Promise<number> {
  const secret = where.secret ?? knownSecret(where.data)
  if (withKeys && secret === null) throw new Error('There are no keys here: set PIAOZAI_KEYS as the gateway has it.')
  const database = await openToRead(where)
  async function* lines(): AsyncGenerator<string> {
    for await (const { table, row } of database.rows()) yield writeRow(table, row)
  }
  try {
    const head = { piaozai: 'backup', version: 1, schema: newestMigration, at: new Date(now).toISOString() } as const
    return await writeBackup(file, withKeys && secret !== null ? { ...head, secret: secret.toString('base64url') } : head, lines())
  } finally {
    await database.close()
  }
}

/**
 * Puts a backup in the place of what a gateway keeps, on whichever engine. All of it or nothing.
 * @throws {BackupError} for a damaged file, a target that holds something, or keys that do not fit.
 */
export async function restore(where: Where, file: string, { replace }: { replace: boolean }): Promise<number> {
  const head = await checkBackup(file)
  if (head.schema !== newestMigration) {
    throw new BackupError(
      `The backup has the schema ${head.schema}, this version has ${newestMigration}: restore it with the version that wrote it.`,
    )
  }
  await refuseOtherKeys(where, file, head.secret)
  const database = await openToReplace(where)
  let count = 0
  async function* counted() {
    for await (const row of rowsOf(file)) {
      count += 1
      yield row
    }
  }
  try {
    if (!replace && !(await database.isEmpty())) throw new BackupError('There are data already: --replace puts the backup in their place.')
    if (head.secret !== undefined && where.secret === null && knownSecret(where.data) === null) putSecret(where.data, head.secret)
    await database.replace(counted())
    return count
  } finally {
    await database.close()
  }
}

/** Without the keys they were written under nothing parked could be read, and no gateway would start on the data. */
async function refuseOtherKeys(where: Where, file: string, written: string | undefined): Promise<void> {
  const own = where.secret ?? knownSecret(where.data)
  const mine = own ?? (written === undefined ? null : parseSecret(written))
  for await (const { table, row } of rowsOf(file)) {
    if (table !== 'settings') return
    if (row['name'] !== 'keys') continue
    if (mine === null) {
      throw new BackupError(
        `The backup holds no keys, and there are none in ${where.data}: put the file "keys" there or set PIAOZAI_KEYS as the gateway had it.`,
      )
    }
    if (keysFrom(mine).hash('question', 'which keys are these') !== row['value']) {
      throw new BackupError(
        'The backup was written under other keys: put the file "keys" or PIAOZAI_KEYS as the gateway had it that wrote it.',
      )
    }
  }
}
