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

/** The headers of a reply with the length of its body, where it may have one (RFC 9110, 8.6). */
export function measured({ status, headers, body }: Reply): string[] {
  if (status === 204 || status === 304) return [...headers]
  return [...headers, 'Content-Length', String(body === null ? 0 : Buffer.byteLength(body))]
}

/** The same reply with further headers. */
export function withHeaders(reply: Reply, headers: HeaderList): Reply {
  return { ...reply, headers: [...reply.headers, ...headers] }
}
