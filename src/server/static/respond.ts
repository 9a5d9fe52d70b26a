import type { Incoming } from '../http/incoming.ts'
import type { Reply } from '../http/reply.ts'
import { chooseEncoding, encodings } from './encoding.ts'
import type { StaticFile } from './files.ts'

const day = 86_400

/** The reply that carries a file: negotiated coding, entity tag, 304. Pages and the worker are asked for anew every time. */
export function respond(file: StaticFile, incoming: Incoming): Reply {
  const available = encodings.filter((encoding) => file.bytes[encoding] !== undefined)
  const encoding = chooseEncoding(incoming.header('accept-encoding'), available)
  const tag = `"${file.tag}${encoding === null ? '' : `-${encoding}`}"`
  const cache = file.immutable ? `public, max-age=${365 * day}, immutable` : 'no-cache'
  const headers = ['ETag', tag, ...(available.length > 0 ? ['Vary', 'Accept-Encoding'] : [])]
  if (matches(incoming.header('if-none-match'), tag)) return { status: 304, headers, body: null, cache }
  headers.push('Content-Type', file.type)
  if (encoding !== null) headers.push('Content-Encoding', encoding)
  return { status: 200, headers, body: file.bytes[encoding ?? 'identity'] ?? file.bytes.identity, cache }
}

/** Weak comparison, as RFC 9110 13.1.2 asks for. */
function matches(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false
  return ifNoneMatch.split(',').some((candidate) => candidate.trim() === '*' || candidate.trim().replace(/^W\//, '') === tag)
}
