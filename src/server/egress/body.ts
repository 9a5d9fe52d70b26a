import type { IncomingMessage } from 'node:http'
import { EgressError } from './error.ts'

/** Bytes an answer may have. */
export const maxAnswerBytes = 256 * 1024

const json = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i

/** Refuses by its head what will not be read: redirects, anything but JSON, compressed bodies, more bytes than may be. @throws {EgressError} */
export function refuseHead({ statusCode = 0, headers }: IncomingMessage): void {
  if (statusCode >= 300 && statusCode < 400) throw new EgressError('redirect')
  if (!json.test(headers['content-type'] ?? '')) throw new EgressError('not-json')
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw new EgressError('encoded')
  if (Number(headers['content-length'] ?? 0) > maxAnswerBytes) throw new EgressError('too-large')
}

/** The body as text. Reading ends at the first byte too many. @throws {EgressError} when it is too large or no UTF-8. */
export async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength
    if (bytes > maxAnswerBytes) throw new EgressError('too-large')
    chunks.push(chunk)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    throw new EgressError('not-json')
  }
}
