import type { HeaderList, Reply } from './reply.ts'

/** What pages of other origins may do (Fetch standard, CORS). */
export interface Cors {
  /** What every reply to a request with this `Origin` says. */
  headers(origin: string | undefined): HeaderList
  /** What the reply to the question beforehand says besides. */
  readonly preflight: Reply
}

export interface CorsRules {
  /** The origins that may, or `*`. */
  readonly origins: readonly string[] | '*'
  readonly methods: readonly string[]
  readonly requestHeaders: readonly string[]
  readonly replyHeaders: readonly string[]
  /** Seconds for which the answer to the question beforehand is kept. */
  readonly maxAge?: number
}

/** @param always what the replies say whoever asks. */
export function createCors({ origins, methods, requestHeaders, replyHeaders, maxAge }: CorsRules, always: HeaderList): Cors {
  const exposed = [...always, 'Access-Control-Expose-Headers', replyHeaders.join(',')]
  // Who may is told by name, so what is told depends on who asks.
  const toOthers = origins === '*' ? exposed : [...exposed, 'Vary', 'Origin']
  const allowed = (origin: string) => [...toOthers, 'Access-Control-Allow-Origin', origin]
  const named = origins === '*' ? null : new Map(origins.map((origin) => [origin, allowed(origin)]))
  const toAll = allowed('*')
  const terms = [
    ...(maxAge === undefined ? [] : ['Access-Control-Max-Age', String(maxAge)]),
    ...['Access-Control-Allow-Methods', methods.join(',')],
    ...['Access-Control-Allow-Headers', requestHeaders.join(',')],
    ...['Vary', 'Access-Control-Request-Headers'],
  ]
  return {
    headers: (origin = '') => (named === null ? toAll : (named.get(origin) ?? toOthers)),
    preflight: { status: 204, headers: terms, body: null },
  }
}
