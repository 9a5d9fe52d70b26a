import { chooseEncoding, encodings } from './encoding.ts'
import type { StaticFile } from './files.ts'

const day = 86_400

/** The response that carries a file: negotiated coding, entity tag, 304, HEAD. Pages and the worker are asked for anew every time. */
export function respond(file: StaticFile, request: Request): Response {
  const available = encodings.filter((encoding) => file.bytes[encoding] !== undefined)
  const encoding = chooseEncoding(request.headers.get('Accept-Encoding') ?? undefined, available)
  const bytes = file.bytes[encoding ?? 'identity'] ?? file.bytes.identity
  const tag = `"${file.tag}${encoding === null ? '' : `-${encoding}`}"`
  const headers: Record<string, string> = {
    ETag: tag,
    'Cache-Control': file.immutable ? `public, max-age=${365 * day}, immutable` : 'no-cache',
    ...(available.length > 0 && { Vary: 'Accept-Encoding' }),
  }
  if (matches(request.headers.get('If-None-Match'), tag)) return new Response(null, { status: 304, headers })
  headers['Content-Type'] = file.type
  headers['Content-Length'] = String(bytes.byteLength)
  if (encoding !== null) headers['Content-Encoding'] = encoding
  return new Response(request.method === 'HEAD' ? null : bytes, { headers })
}

/** Weak comparison, as RFC 9110 13.1.2 asks for. */
function matches(ifNoneMatch: string | null, tag: string): boolean {
  if (ifNoneMatch === null) return false
  return ifNoneMatch.split(',').some((candidate) => candidate.trim() === '*' || candidate.trim().replace(/^W\//, '') === tag)
}
