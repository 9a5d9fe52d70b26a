import pg from 'pg'

/** What a connection to the gateway's database has; the address says the rest. */
const connection = {
  application_name: 'piaozai',
  keepAlive: true,
  connectionTimeoutMillis: 3000,
  // A commit is on the disk when it returns, whatever the server's default is.
  options: '-c synchronous_commit=on',
  types: { getTypeParser: parserOf },
} satisfies pg.ClientConfig

const limits = { statement_timeout: 4000, query_timeout: 6000, idle_in_transaction_session_timeout: 10_000 } satisfies pg.ClientConfig

/** Connections of one gateway: enough to keep two cores of a database busy, few enough for ten gateways beside one another. */
const most = 10

/** The connections that statements run on: those sent without waiting for one another share a round trip. */
export function createPool(url: string): pg.Pool {
  const pool = new pg.Pool({ ...connection, ...limits, connectionString: url, pipeline: true, max: most, idleTimeoutMillis: 30_000 })
  // An idle connection that breaks is replaced by the next one that is needed.
  pool.on('error', () => undefined)
  // One that breaks while it is lent says so twice: to what runs on it, and to nobody in particular, which would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** A connection without time limits, for what takes long and for what is held for ever. */
export function createClient(url: string): pg.Client {
  const client = new pg.Client({ ...connection, connectionString: url })
  client.on('error', () => undefined)
  return client
}

/** The same, for whoever wants a pool; of one connection. */
export function createPatientPool(url: string): pg.Pool {
  return new pg.Pool({ ...connection, connectionString: url, max: 1 })
}

const int8 = 20
const dateTypes: readonly number[] = [1082, 1114, 1184]
const asText = (value: string) => value

/** Whole numbers of 64 bits are numbers (all of ours are safe integers), dates stay the text they are. */
function parserOf(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === int8) return Number
  if (dateTypes.includes(oid)) return asText
  return pg.types.getTypeParser(oid, format as 'text') as (value: string) => unknown
}
