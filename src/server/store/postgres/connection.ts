import type pg from 'pg'
import { bind, type Statement } from '../statement.ts'
import { faultOfStore, isConflict } from './fault.ts'

/** What statements run on. Those that are not waited for one after the other share a round trip. */
export interface Connection {
  all<Row>(of: Statement<Row>, values?: Values): Promise<Row[]>
  /** @returns how many rows it changed. */
  run(of: Statement<unknown>, values?: Values): Promise<number>
}
type Values = Readonly<Record<string, unknown>>

/** Runs statements and transactions on a pool. Every error is a {@link StoreAway} or a fault of ours. */
export interface Session extends Connection {
  /** Runs `work` in one transaction, again when it got in the way of another; it is durable when this resolves. */
  transact<T>(work: (on: Connection) => Promise<T>): Promise<T>
}

/** Thrown inside a transaction: what it saw is no longer so, it begins anew. */
export class Again extends Error {}

/** How often a transaction is begun anew before it is a fault. */
const attempts = 20

export function createSession(pool: pg.Pool): Session {
  const names = new Map<string, string>()
  function nameOf(sql: string): string {
    const known = names.get(sql)
    if (known !== undefined) return known
    const name = `s${names.size}`
    names.set(sql, name)
    return name
  }
  const on = (client: Pick<pg.Pool, 'query'>): Connection => {
    const query = (of: Statement<unknown>, values: Values = {}) =>
      client.query({ name: nameOf(of.sql), text: of.sql, values: bind(of, values) })
    return {
      all: async <Row>(of: Statement<Row>, values?: Values) => (await query(of, values)).rows as Row[],
      run: async (of, values) => (await query(of, values)).rowCount ?? 0,
    }
  }

  async function attempt<T>(work: (on: Connection) => Promise<T>): Promise<T> {
    const client = await pool.connect()
    let broken: Error | undefined
    try {
      const begun = client.query('begin')
      begun.catch(() => undefined) // whatever follows on a broken connection says the same
      const result = await work(on(client))
      const { command } = await client.query('commit')
      if (command !== 'COMMIT') throw new Error('the transaction was undone')
      return result
    } catch (error) {
      await client.query('rollback').catch((fault: Error) => (broken = fault))
      throw error
    } finally {
      client.release(broken)
    }
  }

  async function guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw faultOfStore(error)
    }
  }

  const direct = on(pool as Pick<pg.Pool, 'query'>)
  return {
    all: (of, values) => guarded(() => direct.all(of, values)),
    run: (of, values) => guarded(() => direct.run(of, values)),
    transact: (work) =>
      guarded(async () => {
        for (let left = attempts; ; left--) {
          try {
            return await attempt(work)
          } catch (error) {
            if (left === 0 || !(error instanceof Again || isConflict(error))) throw error
          }
        }
      }),
  }
}
