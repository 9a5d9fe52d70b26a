import type { Handle } from '../../../src/server/http/handle.ts'
import { targetOf } from '../../../src/server/http/incoming.ts'

/** Sends a request of the web's kind to a gateway in this process, without a connection, and gives its reply as one. */
export async function ask(handle: Handle, url: string, init?: RequestInit, peer = 'unknown'): Promise<Response> {
  const request = new Request(url, init)
  const { status, headers, body } = await handle({
    method: request.method,
    ...targetOf(request.url.replace(/#.*/s, '')),
    connection: request,
    peer,
    header: (name) => request.headers.get(name) ?? undefined,
    async body(most) {
      const bytes = new Uint8Array(await request.arrayBuffer())
      return bytes.length > most ? null : bytes
    },
  })
  const response = new Response(request.method === 'HEAD' || body === null ? null : Buffer.from(body), { status })
  for (let at = 0; at < headers.length; at += 2) response.headers.append(headers[at]!, headers[at + 1]!)
  return response
}
