import { setTimeout as delay } from 'node:timers/promises'
import { sql, type Kysely } from 'kysely'
import { bind } from '../statement.ts'
import { createClient } from './pool.ts'
import { lockFor, type PostgresStatements } from './statements.ts'

/** Milliseconds before a lost connection is tried again. */
const retryMs = 500

/** True when a gateway runs on this database. */
export async function isAnybodyPresent(db: Kysely<unknown>): Promise<boolean> {
  const { rows } = await sql`select 1 from pg_locks where locktype = 'advisory' and classid = ${lockFor.presence} and granted
    and database = (select oid from pg_database where datname = current_database()) limit 1`.execute(db)
  return rows.length > 0
}

/**
 * Shows the other gateways that this one is there: it holds a lock by its number for as long as its process and its connection live, however
 * they end.
 * @returns what ends it.
 */
export async function showPresence(
  url: string,
  { present }: Pick<PostgresStatements, 'present'>,
  owner: number,
): Promise<() => Promise<void>> {
  const ending = new AbortController()
  let client = createClient(url)

  async function hold(): Promise<void> {
    const own = createClient(url)
    client = own
    try {
      await own.connect()
      await own.query(present.sql, bind(present, { owner }))
    } catch (error) {
      void own.end().catch(() => undefined)
      throw error
    }
    // Only one that was held: a connection that was never made ends, too, and is tried again by the loop that made it.
    own.once('end', () => void keep())
  }
  async function keep(): Promise<void> {
    while (!ending.signal.aborted) {
      await delay(retryMs, undefined, { signal: ending.signal }).catch(() => undefined)
      if (ending.signal.aborted) return
      if (
        await hold().then(
          () => true,
          () => false,
        )
      )
        return
    }
  }

  await hold()
  return async () => {
    ending.abort()
    await client.end().catch(() => undefined)
  }
}
