import type { IncomingMessage, RequestListener, ServerOptions } from 'node:http'
import type { Handle } from './handle.ts'
import { targetOf, type Incoming } from './incoming.ts'

/** How servers of a gateway take requests: one without a body is at its end at once, and nobody waits for it to say so. */
export const serverOptions: ServerOptions = { optimizeEmptyRequests: true }

/** Where requests enter: node:http on one side, what the gateway answers on the other. */
export function listenerOf(handle: Handle): RequestListener {
  return (request, response) => {
    handle(new ReceivedRequest(request)).then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      (error: unknown) => response.destroy(error instanceof Error ? error : undefined),
    )
  }
}

class ReceivedRequest implements Incoming {
  readonly method: string
  readonly path: string
  readonly search: string
  readonly #request: IncomingMessage

  constructor(request: IncomingMessage) {
    this.method = request.method ?? 'GET'
    ;({ path: this.path, search: this.search } = targetOf(request.url ?? '/'))
    this.#request = request
  }

  get connection(): object {
    return this.#request.socket
  }

  get peer(): string {
    return this.#request.socket.remoteAddress ?? 'unknown'
  }

  header(name: Lowercase<string>): string | undefined {
    const value = this.#request.headers[name]
    return typeof value === 'object' ? value.join(', ') : value
  }

  body(most: number): Promise<Uint8Array | null> {
    const request = this.#request
    if (Number(request.headers['content-length'] ?? 0) > most) return Promise.resolve(null)
    return new Promise((resolve) => {
      let chunks: Buffer[] = []
      let size = 0
      request.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size <= most) return void chunks.push(chunk)
        chunks = []
        return resolve(null)
      })
      request.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)))
      request.on('close', () => resolve(Buffer.alloc(0)))
    })
  }
}
