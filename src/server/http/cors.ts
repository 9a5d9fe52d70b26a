import type { HeaderList, Reply } from './reply.ts'

/** What pages of other origins may do (Fetch standard, CORS). */
export interface Cors {
  /** The headers of a reply to a request with this `Origin`. */
  headers(origin: string | undefined): HeaderList
  /** The reply to the question beforehand. */
  preflight(origin: string | undefined): Reply
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

export function createCors({ origins, methods, requestHeaders, replyHeaders, maxAge }: CorsRules): Cors {
  const exposed = ['Access-Control-Expose-Headers', replyHeaders.join(',')]
  // Who may is told by name, so what is told depends on who asks.
  const toOthers = origins === '*' ? exposed : [...exposed, 'Vary', 'Origin']
  const allowed = (origin: string) => ['Access-Control-Allow-Origin', origin, ...toOthers]
  const headers = (origin: string | undefined): HeaderList => {
    if (origins === '*') return allowed('*')
    return origin !== undefined && origins.includes(origin) ? allowed(origin) : toOthers
  }
  const terms = [
    ...(maxAge === undefined ? [] : ['Access-Control-Max-Age', String(maxAge)]),
    ...['Access-Control-Allow-Methods', methods.join(',')],
    ...['Access-Control-Allow-Headers', requestHeaders.join(',')],
    ...['Vary', 'Access-Control-Request-Headers'],
  ]
  return { headers, preflight: (origin) => ({ status: 204, headers: [...headers(origin), ...terms], body: null }) }
}
