import type { ServerResponse } from 'node:http'
import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { QueryResult } from '../../src/api/index.ts'
import { createEgress, type Egress } from '../../src/server/egress/egress.ts'
import { csvOf, idOf, queryOf, rowOf } from './kit/fixtures.ts'
import { testClock, type TestClock } from './kit/clock.ts'
import { testGateway, type TestGateway } from './kit/gateway.ts'
import { always, testSource, type TestSource } from './kit/source.ts'
import { webServer } from './kit/web.ts'

/** The real egress and the real source, whose host is a server on this machine. */
async function behind(answer: (response: ServerResponse) => void, more: readonly TestSource[] = []) {
  const server = await webServer(answer)
  const clock = testClock()
  const loopback = createEgress({ clock, loopback: true, resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]) })
  const egress: Egress = (origins) => {
    const send = loopback([server.origin])
    return (outgoing, signal) => {
      const { origin, pathname } = new URL(outgoing.url)
      if (!origins.includes(origin)) throw new Error('another host')
      return send({ ...outgoing, url: `${server.origin}${pathname}` }, signal)
    }
  }
  const env = { PIAOZAI_SOURCES: 'registry,tencent', PIAOZAI_TENCENT_SECRET_ID: 'AKIDexample', PIAOZAI_TENCENT_SECRET_KEY: 'keyexample' }
  const gateway = await testGateway({ clock, egress, env, sources: more })
  await gateway.importCsv(csvOf([rowOf(9)]))
  return { server, clock, gateway }
}

/** What became of a query, and how long it took by a clock that stands still while the network works. */
async function timed(gateway: TestGateway, clock: TestClock, count: number): Promise<{ result: QueryResult; took: number }> {
  const begun = clock.now()
  const result = await gateway.postOne(queryOf(count, { id: idOf(count) }))
  return { result, took: clock.now() - begun }
}

const hundredMegabytes = (response: ServerResponse): void => {
  response.writeHead(200, { 'Content-Type': 'application/json' })
  const chunk = Buffer.alloc(64 * 1024, 0x20)
  let written = 0
  const more = (): void => {
    while (written < 100 * 1024 * 1024 && !response.destroyed) {
      written += chunk.byteLength
      if (!response.write(chunk)) return void response.once('drain', more)
    }
    response.end()
  }
  more()
}

describe.each([
  ['sends HTML', (response: ServerResponse) => void response.writeHead(200, { 'Content-Type': 'text/html' }).end('<title>维护中</title>')],
  [
    'sends another shape',
    (response: ServerResponse) => void response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"a":1}'),
  ],
  ['sends 100 MB', hundredMegabytes],
  [
    'sends the start of an answer',
    (response: ServerResponse) =>
      void response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '100' }).write('{', () => response.destroy()),
  ],
  ['sends elsewhere', (response: ServerResponse) => void response.writeHead(302, { Location: 'https://evil.example/' }).end()],
  ['hangs up', (response: ServerResponse) => void response.destroy()],
])('a source that %s', (_, answer) => {
  it('lets the query wait, not the person, and delays nobody', async () => {
    const { gateway, clock } = await behind(answer)
    const [bad, good] = await Promise.all([timed(gateway, clock, 1), timed(gateway, clock, 9)])
    expect([bad.result, bad.took]).toMatchObject([{ state: 'parked', reason: 'source-down' }, 0])
    expect([good.result, good.took]).toMatchObject([{ state: 'answered' }, 0])
    expect((await timed(gateway, clock, 2)).took).toBe(0)
  })

  it('leaves the answer to the next one', async () => {
    const { gateway, clock } = await behind(answer, [testSource(always('ok'))])
    expect(await timed(gateway, clock, 1)).toMatchObject({ result: { answer: { verdict: 'confirmed' } }, took: 0 })
  })
})

describe('a source that hangs', () => {
  it('delays nobody who does not ask it, and those who do by no more than its own time limit', async () => {
    const { gateway, clock, server } = await behind(() => undefined)
    const first = Array.from({ length: 5 }, (_, count) => timed(gateway, clock, count))
    // The vendor grants 20 calls a second.
    for (let sent = 1; sent <= 5; sent++) {
      while (server.requests.length < sent) await turn()
      await clock.pass(50)
    }
    // What the registry knows is answered while the others wait.
    expect(await timed(gateway, clock, 9)).toMatchObject({ result: { state: 'answered' }, took: 0 })
    await clock.pass(3700)
    expect((await Promise.race([...first, turn(null)])) === null).toBe(true)
    await clock.pass(300)
    for (const { result, took } of await Promise.all(first)) {
      expect(result).toMatchObject({ state: 'parked', reason: 'source-down' })
      expect(took).toBeLessThanOrEqual(4200)
    }
    expect((await timed(gateway, clock, 20)).took).toBe(0)
  })

  it('and the next one still answers within what a request may take', async () => {
    const { gateway, clock, server } = await behind(() => undefined, [testSource(always('ok'))])
    const asked = timed(gateway, clock, 1)
    while (server.requests.length < 1) await turn()
    await clock.pass(4500)
    expect(await asked).toMatchObject({ result: { answer: { verdict: 'confirmed' } }, took: 4000 })
  })
})
