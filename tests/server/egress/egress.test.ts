import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createEgress, egressTimeoutMs, type Outgoing } from '../../../src/server/egress/egress.ts'
import { systemClock } from '../../../src/server/real.ts'
import { testClock } from '../kit/clock.ts'
import { loopbackEgress, replyJson, webServer } from '../kit/web.ts'

const never = new AbortController().signal
const get = (url: string): Outgoing => ({ method: 'GET', url, headers: {} })
const codeOf = (sent: Promise<unknown>) =>
  sent.then(
    () => 'sent',
    (error: unknown) => (error as { code?: string }).code ?? (error as Error).name,
  )

describe('egress carries', () => {
  it('a request and its answer, as they are', async () => {
    const server = await webServer((response) => replyJson(response, { sum: '演示' }, 418))
    const send = loopbackEgress()([server.origin])
    const answer = await send({ method: 'POST', url: `${server.origin}/a?b=c`, headers: { 'X-One': '1' }, body: '{"q":"票"}' }, never)
    expect(answer).toEqual({ status: 418, body: '{"sum":"演示"}' })
    expect(server.requests).toMatchObject([{ method: 'POST', path: '/a?b=c', body: '{"q":"票"}', headers: { 'x-one': '1' } }])
  })
})

describe('egress refuses to go', () => {
  it.each([
    'https://other.example/',
    'https://allowed.example:8443/',
    'https://allowed.example.evil.example/',
    'https://allowed.example@evil.example/',
    'https://user:word@allowed.example/',
    'http://allowed.example/',
    'file:///etc/passwd',
    '//allowed.example/',
    'nonsense',
  ])('anywhere but to the origins of whoever asks: %s', async (url) => {
    const egress = createEgress({ clock: systemClock, resolve: () => Promise.reject(new Error('looked up')) })
    expect(await codeOf(egress(['https://allowed.example'])(get(url), never))).toBe('not-allowed')
  })

  it.each([
    'https://127.0.0.1',
    'https://[::1]',
    'https://169.254.169.254',
    'https://10.0.0.8',
    'https://[::ffff:127.0.0.1]',
    'https://2130706433',
  ])('to an address that is written down as %s, even if the list has it', async (origin) => {
    const egress = createEgress({ clock: systemClock, resolve: () => Promise.reject(new Error('looked up')) })
    expect(await codeOf(egress([origin])(get(`${origin}/`), never))).toBe('not-public')
  })

  it.each([
    ['loopback', ['127.0.0.1']],
    ['link-local', ['169.254.169.254']],
    ['private', ['192.168.0.7']],
    ['IPv6 loopback', ['::1']],
    ['one good and one bad address', ['93.184.215.14', '127.0.0.1']],
  ])('to a name that leads to %s', async (_, addresses) => {
    const resolve = () => Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })))
    const egress = createEgress({ clock: systemClock, resolve })
    expect(await codeOf(egress(['https://allowed.example'])(get('https://allowed.example/'), never))).toBe('not-public')
  })

  it('to a name that leads nowhere', async () => {
    const egress = createEgress({ clock: systemClock, resolve: () => Promise.resolve([]) })
    expect(await codeOf(egress(['https://allowed.example'])(get('https://allowed.example/'), never))).toBe('no-address')
  })

  it('with plain HTTP or to this machine, unless a test says so', async () => {
    const server = await webServer((response) => replyJson(response, {}))
    const egress = createEgress({ clock: systemClock, resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]) })
    expect(await codeOf(egress([server.origin])(get(server.origin), never))).toBe('not-allowed')
    expect(server.requests).toEqual([])
  })
})

describe('a name that leads elsewhere the second time (rebinding)', () => {
  it('is resolved once for a connection, and the address that was checked is the one that is connected to', async () => {
    const server = await webServer((response) => replyJson(response, {}))
    const looked: string[] = []
    const egress = createEgress({
      clock: systemClock,
      loopback: true,
      resolve: (host) => {
        looked.push(host)
        // Only the first answer leads to the server; a second look-up would lead somewhere that refuses connections.
        return Promise.resolve([{ address: looked.length === 1 ? '127.0.0.1' : '127.0.0.9', family: 4 }])
      },
    })
    const origin = `http://rebinding.example:${server.port}`
    expect(await codeOf(egress([origin])(get(origin), never))).toBe('sent')
    expect([looked, server.requests.length]).toEqual([['rebinding.example'], 1])
  })

  it('is refused when it leads into a private network', async () => {
    const server = await webServer((response) => {
      response.setHeader('Connection', 'close')
      replyJson(response, {})
    })
    let looks = 0
    const resolve = () => Promise.resolve([{ address: ++looks === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }])
    const origin = `http://rebinding.example:${server.port}`
    const send = createEgress({ clock: systemClock, loopback: true, resolve })([origin])
    expect([await codeOf(send(get(origin), never)), await codeOf(send(get(origin), never))]).toEqual(['sent', 'not-public'])
  })
})

describe('egress refuses an answer', () => {
  it.each([301, 302, 303, 307, 308, 304])('that leads elsewhere (%i), and does not follow it', async (status) => {
    const elsewhere = await webServer((response) => replyJson(response, {}))
    const server = await webServer((response) => response.writeHead(status, { Location: elsewhere.origin }).end())
    const send = loopbackEgress()([server.origin, elsewhere.origin])
    expect(await codeOf(send(get(server.origin), never))).toBe('redirect')
    expect(elsewhere.requests).toEqual([])
  })

  it.each(['text/html', 'text/plain', '', 'application/jsonp', 'application/octet-stream'])('of type "%s"', async (type) => {
    const server = await webServer((response) => response.writeHead(200, type === '' ? {} : { 'Content-Type': type }).end('{}'))
    expect(await codeOf(loopbackEgress()([server.origin])(get(server.origin), never))).toBe('not-json')
  })

  it('that is compressed though nobody asked for that', async () => {
    const server = await webServer((response) =>
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' }).end('x'),
    )
    expect(await codeOf(loopbackEgress()([server.origin])(get(server.origin), never))).toBe('encoded')
  })

  it('that is no UTF-8', async () => {
    const server = await webServer((response) =>
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(Buffer.from([0x22, 0xff, 0xfe, 0x22])),
    )
    expect(await codeOf(loopbackEgress()([server.origin])(get(server.origin), never))).toBe('not-json')
  })

  it.each(['announced', 'not announced'])('of 100 MB (%s), without reading more than a little of it', async (how) => {
    const total = 100 * 1024 * 1024
    let written = 0
    const server = await webServer((response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', ...(how === 'announced' && { 'Content-Length': String(total) }) })
      const chunk = Buffer.alloc(64 * 1024, 0x20)
      const more = (): void => {
        while (written < total && !response.destroyed) {
          written += chunk.byteLength
          if (!response.write(chunk)) return void response.once('drain', more)
        }
      }
      more()
    })
    expect(await codeOf(loopbackEgress()([server.origin])(get(server.origin), never))).toBe('too-large')
    expect(written).toBeLessThan(20 * 1024 * 1024)
  })

  it.each(['head', 'body'])('whose %s does not come within five seconds, and lets go of the connection', async (part) => {
    let closed = false
    const server = await webServer((response) => {
      response.on('close', () => (closed = true))
      if (part === 'body') response.writeHead(200, { 'Content-Type': 'application/json' }).write('{')
    })
    const clock = testClock()
    const egress = createEgress({ clock, loopback: true, resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]) })
    const sent = codeOf(egress([server.origin])(get(server.origin), never))
    while (server.requests.length === 0) await turn()
    await clock.pass(egressTimeoutMs - 1)
    expect(closed).toBe(false)
    await clock.pass(1)
    expect(await sent).toBe('too-slow')
    while (!closed) await turn()
  })

  it('that nobody waits for any more', async () => {
    let closed = false
    const server = await webServer((response) => response.on('close', () => (closed = true)))
    const stop = new AbortController()
    const sent = codeOf(loopbackEgress()([server.origin])(get(server.origin), stop.signal))
    while (server.requests.length === 0) await turn()
    stop.abort()
    expect(await sent).not.toBe('sent')
    while (!closed) await turn()
  })

  it('and says in its error neither where it went nor what was sent', async () => {
    const server = await webServer((response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>'))
    const sent = loopbackEgress()([server.origin])({ ...get(`${server.origin}/secret-path`), method: 'POST', body: 'secret-body' }, never)
    const text = await sent.catch((error: unknown) => JSON.stringify([String(error), error]))
    expect(text).not.toMatch(/secret|127\.0\.0\.1/)
  })
})
