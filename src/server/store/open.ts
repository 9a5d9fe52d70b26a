import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { Keys } from '../keys.ts'
import { lockDirectory } from './lock.ts'
import { openPostgresStore } from './postgres/store.ts'
import { openSqliteStore } from './sqlite.ts'
import type { Store } from './store.ts'

type Where = Pick<Config, 'data' | 'databaseUrl'>

/** Where SQLite keeps the data of a configuration. */
export function databaseFile({ data }: Pick<Config, 'data'>): string {
  return join(data, 'piaozai.sqlite')
}

/** Makes the data directory when it is missing; nobody else may look into it. */
export function makeDirectory({ data }: Pick<Config, 'data'>): void {
  mkdirSync(data, { recursive: true, mode: 0o700 })
}

/** Opens the store of a configuration; the data directory and the tables are made when they are missing. */
export async function openStore(where: Where): Promise<Store> {
  if (where.databaseUrl !== null) return openPostgresStore(where.databaseUrl)
  makeDirectory(where)
  return openSqliteStore(databaseFile(where))
}

/**
 * Opens the store for a gateway: a data directory has one at a time; gateways on one PostgreSQL are kept out of each other's way by the database.
 * Closing it gives the directory back.
 * @throws when another gateway has it, it cannot be used, or it holds what was sealed under other keys.
 */
export async function openForGateway(where: Where, keys: Keys): Promise<Store> {
  const unlock = where.databaseUrl === null ? lockDirectory(where.data) : () => undefined
  let store: Store | null = null
  try {
    store = await openStore(where)
    await refuseOtherKeys(store, keys, where.databaseUrl !== null)
  } catch (error) {
    await store?.close()
    unlock()
    throw error
  }
  const close = store.close.bind(store)
  return Object.assign(store, {
    async close() {
      await close()
      unlock()
    },
  })
}

/** With other keys no query would be recognised and nothing parked could be read: better not to start. */
export async function refuseOtherKeys(store: Store, keys: Keys, isShared = false): Promise<void> {
  const mine = keys.hash('question', 'which keys are these')
  if ((await store.claimSetting('keys', mine)) === mine) return
  throw new Error(
    isShared
      ? 'Another gateway on this database has other keys: all of them need the same PIAOZAI_KEYS, the one its data were written under.'
      : 'The data were written under other keys: put the file "keys" or PIAOZAI_KEYS back as it was.',
  )
}
