/** Names and values of headers, one after the other, as node:http writes them without looking twice. */
export type HeaderList = readonly string[]

/** A reply, whole and in memory. */
export interface Reply {
  readonly status: number
  readonly headers: HeaderList
  readonly body: string | Uint8Array | null
  /** Who may keep it (`Cache-Control`); without it nobody may. */
  readonly cache?: string
}

const jsonHeaders = ['Content-Type', 'application/json'] as const

/** A value as JSON. */
export function json(value: unknown, status = 200): Reply {
  return { status, headers: jsonHeaders, body: JSON.stringify(value) }
}

/** A reply with everything it says: nothing is added to it before it is sent. */
export interface FinishedReply {
  readonly status: number
  readonly headers: string[]
  readonly body: string | Uint8Array | null
}

/** Adds what every reply says: these headers, who may keep it, and the length of its body where it may have one (RFC 9110, 8.6). */
export function finished({ status, headers, body, cache = 'no-store' }: Reply, always: HeaderList): FinishedReply {
  const all = [...always, 'Cache-Control', cache, ...headers]
  if (status !== 204 && status !== 304) all.push('Content-Length', String(body === null ? 0 : Buffer.byteLength(body)))
  return { status, headers: all, body }
}
