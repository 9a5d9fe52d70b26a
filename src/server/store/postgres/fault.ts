import { StoreAway } from '../store.ts'

/** Codes of Node for a connection that cannot be made or has ended; EAGAIN: too many others wait to be let in. */
const network: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAGAIN',
  'ENOENT',
])
/** SQLSTATE (PostgreSQL, appendix A): connection exceptions, no resources, ended by the operator or by a time limit, read only (a replica). */
const away = /^(08...|53...|57P0[1-5]|57014|25P03|25006)$/
/** Serialization failure, deadlock: the same transaction succeeds when it is run again. */
const again = /^(40001|40P01)$/
/** Faults of the driver that have no code. */
const words =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error)/

/** True when the transaction was undone for the sake of another and can be run again. */
export function isConflict(error: unknown): boolean {
  return codeOf(error) !== null && again.test(codeOf(error) ?? '')
}

/** True for a key that another transaction has added meanwhile. */
export function isDuplicate(error: unknown): boolean {
  return codeOf(error) === '23505'
}

/** The error as the store's users know it: {@link StoreAway} when the database cannot be reached. Classified here and nowhere else. */
export function faultOfStore(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StoreAway) return error
  const code = codeOf(error)
  const isAway = code === null ? words.test(error.message) : network.has(code) || away.test(code)
  return isAway ? new StoreAway('the database cannot be reached', { cause: error }) : error
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}
