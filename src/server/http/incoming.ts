/** A request as the gateway sees it, whatever brought it here. What it says is hostile until it has been checked. */
export interface Incoming {
  readonly method: string
  /** The address without what follows its `?`, as it was written. */
  readonly path: string
  /** What follows the `?`; empty when nothing does. */
  readonly search: string
  /** The connection it came over: the same object for all requests of one. */
  readonly connection: object
  /** The network address of whoever holds the other end of the connection. */
  readonly peer: string
  /** The value of a header. */
  header(name: Lowercase<string>): string | undefined
  /** The whole body; null when it has more than `most` bytes, of which none is kept then. Empty when the connection ends before it does. */
  body(most: number): Promise<Uint8Array | null>
}

/** The path and the query of what a request line names: `/path?query`, or a whole URL as proxies write it (RFC 9112, 3.2.2). */
export function targetOf(text: string): { readonly path: string; readonly search: string } {
  const target = text.startsWith('/') ? text : text.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '')
  const mark = target.indexOf('?')
  return mark < 0 ? { path: target || '/', search: '' } : { path: target.slice(0, mark) || '/', search: target.slice(mark + 1) }
}
