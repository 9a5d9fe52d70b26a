import { once } from 'node:events'
import { connect } from 'node:net'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { listenerOf, serverOptions } from '../../../src/server/http/listener.ts'
import type { Handle } from '../../../src/server/http/handle.ts'
import { problem } from '../../../src/api/index.ts'
import { ask } from '../kit/ask.ts'
import { idOf, queryOf } from '../kit/fixtures.ts'
import { testGateway } from '../kit/gateway.ts'

async function served(handle: Handle): Promise<number> {
  const server = createServer(serverOptions, listenerOf(handle))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** Sends bytes, ends the connection when it is told to, and reads until the server has ended it, too. */
async function exchange(port: number, ...parts: readonly string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let reply = ''
  socket.on('data', (chunk) => (reply += chunk.toString('latin1')))
  socket.on('error', () => undefined)
  const closed = new Promise((resolve) => socket.once('close', resolve))
  for (const part of parts) {
    socket.write(part)
    await new Promise((resolve) => setImmediate(resolve))
  }
  await closed
  return reply
}

const head = (request: string, ...headers: string[]) => [request, 'Host: localhost', 'Connection: close', ...headers, '', ''].join('\r\n')
const post = 'POST /api/v1/queries HTTP/1.1'

/** What node:http adds to a reply, and what is never twice the same. */
const added = ['date', 'connection', 'keep-alive', 'transfer-encoding']
async function told(response: Response) {
  const headers = [...response.headers].filter(([name]) => !added.includes(name))
  const body = (await response.text()).replace(/"trace":"[\da-f]{32}"/, '')
  return { status: response.status, headers: headers.sort(), body }
}

describe('over a connection', () => {
  it('every address says what the tests without one hear: status, headers, body', async () => {
    const gateway = await testGateway({ env: { PIAOZAI_ORIGINS: 'https://app.example' } })
    const port = await served(gateway.gateway.app)
    const paths = ['/', '/api', '/api/v1/nothing', '/api/v1/queries', `/api/v1/queries?ids=${idOf(1)}`, `/api/v1/queries/${idOf(1)}`]
    const others = ['/api/v1/status', '/.well-known/piaozai.json', '/trust-list.json', '/healthz', '/readyz', '/share', '/x.png']
    const bodies = [JSON.stringify({ queries: [queryOf(1)] }), 'x', 'x'.repeat(70_000)]
    const requests: [string, RequestInit][] = [
      ...bodies.map((body): [string, RequestInit] => [
        '/api/v1/queries',
        { method: 'POST', body, headers: { 'Content-Type': 'application/json' } },
      ]),
      ...[...paths, ...others].flatMap((path) =>
        ['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS'].map((method): [string, RequestInit] => [
          path,
          { method, headers: { Origin: 'https://app.example' } },
        ]),
      ),
    ]
    for (const [path, init] of requests) {
      const sent = { ...init, redirect: 'manual' } as const
      const [direct, connected] = await Promise.all([
        ask(gateway.gateway.app, `http://localhost${path}`, sent, '127.0.0.1').then(told),
        fetch(`http://127.0.0.1:${port}${path}`, sent).then(told),
      ])
      expect(connected, `${init.method} ${path}`).toEqual(direct)
    }
  })

  it('a whole URL in the request line, as proxies write it, is the same address', async () => {
    const port = await served((await testGateway()).gateway.app)
    expect(await exchange(port, head('GET http://elsewhere.example/healthz HTTP/1.1'))).toMatch(/^HTTP\/1.1 200 [^]*\{"ok":true\}$/)
    expect(await exchange(port, head('OPTIONS * HTTP/1.1'))).toMatch(/^HTTP\/1.1 404 /)
  })

  it('a body without a length is read to its end and no further than the limit', async () => {
    const port = await served((await testGateway()).gateway.app)
    const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`
    const chunked = head(post, 'Content-Type: application/json', 'Transfer-Encoding: chunked')
    const text = JSON.stringify({ queries: [queryOf(1)] })
    const whole = await exchange(port, chunked, chunk(text.slice(0, 10)), chunk(text.slice(10)), chunk(''))
    expect(whole).toMatch(/^HTTP\/1.1 200 /)
    const parts = Array.from({ length: 10 }, () => chunk('x'.repeat(10_000)))
    const refused = await exchange(port, chunked, ...parts, chunk(''))
    expect(problem.parse(JSON.parse(refused.slice(refused.indexOf('\r\n\r\n'))))).toMatchObject({ code: 'body-too-large' })
  })

  it('who is sent away is told so before the body has come', async () => {
    const gateway = await testGateway({ env: { PIAOZAI_MAINTENANCE: '1' } })
    const port = await served(gateway.gateway.app)
    expect(await exchange(port, head(post, 'Content-Type: application/json', 'Content-Length: 100'))).toMatch(/^HTTP\/1.1 503 /)
  })

  it('a connection that breaks in the middle of a body is no question', async () => {
    const gateway = await testGateway()
    const port = await served(gateway.gateway.app)
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.write(head(post, 'Content-Type: application/json', 'Content-Length: 100') + '{"queries":')
    await new Promise((resolve) => setImmediate(resolve))
    socket.destroy()
    expect(await exchange(port, head('GET /healthz HTTP/1.1'))).toMatch(/^HTTP\/1.1 200 /)
  })
})
