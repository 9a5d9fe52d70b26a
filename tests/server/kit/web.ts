import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { createEgress, type Egress } from '../../../src/server/egress/egress.ts'
import { systemClock } from '../../../src/server/real.ts'

/** Somebody else's server, on this machine. */
export interface WebServer {
  readonly port: number
  /** `http://127.0.0.1:<port>` */
  readonly origin: string
  /** Requests so far: method, path, headers, body. */
  readonly requests: { method: string; path: string; headers: IncomingMessage['headers']; body: string }[]
}

/** Starts a server that goes away with the test. The body of a request is read before `answer` is called. */
export async function webServer(answer: (response: ServerResponse, request: IncomingMessage, body: string) => void): Promise<WebServer> {
  const requests: WebServer['requests'] = []
  const listener: RequestListener = (request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      requests.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body })
      answer(response, request, body)
    })
  }
  const server = createServer(listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { port, origin: `http://127.0.0.1:${port}`, requests }
}

/** Answers JSON. */
export function replyJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(body))
}

/** The real egress, which may also reach this machine. Every name is this machine. */
export function loopbackEgress(): Egress {
  return createEgress({ clock: systemClock, resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]), loopback: true })
}
