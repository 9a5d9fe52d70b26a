import { expect, test } from 'vitest'
import { createChannels } from '../../src/channels/index.ts'
import { parseRetryAfter } from '../../src/channels/retry-after.ts'
import { manualClock, settle } from '../fixtures/clock.ts'
import { seededRandom } from '../fixtures/device.ts'
import { json, problemResponse, statusDocument } from '../fixtures/gateway.ts'

const elements = { kind: 'digital-ordinary', number: '26112000000000000001', issuedOn: '2026-11-20', amount: 1 } as const
const question = [{ id: '0192d3a0-0000-7000-8000-000000000001', elements }]

function channelsTo(reply: (url: string, init: RequestInit) => Promise<Response>, origins = ['https://one.test']) {
  const clock = manualClock()
  const channels = createChannels({
    fetch: reply,
    clock,
    random: seededRandom(),
    origins,
    deviceId: async () => 'device',
    onLine: () => true,
  })
  return { clock, channels }
}

const errorOf = async (reply: (url: string, init: RequestInit) => Promise<Response>) => {
  const { channels } = channelsTo(reply)
  const result = await channels.ask(question)
  return result.ok ? null : result.error
}

const html = (status = 200) => new Response('<html>log in</html>', { status, headers: { 'content-type': 'text/html' } })

test.each([
  ['a login page with 200', html()],
  ['a login page with 403', html(403)],
  ['a login page that calls itself JSON', new Response('<html>', { headers: { 'content-type': 'application/json' } })],
  ['JSON of another shape', json(200, { hello: 'world' })],
  ['truncated JSON', new Response('{"results":[{"id":', { headers: { 'content-type': 'application/json' } })],
  [
    'a body over a megabyte',
    new Response(`{"results":[],"x":"${'x'.repeat(1_100_000)}"}`, { headers: { 'content-type': 'application/json' } }),
  ],
  ['an empty body', new Response('', { headers: { 'content-type': 'application/json' } })],
  ['a redirect', new Response(null, { status: 302, headers: { location: 'https://login.test' } })],
  ['a proxy that wants a password', html(511)],
  ['a gateway without that address', problemResponse('not-found')],
])('%s is not a gateway', async (_what, response) => {
  expect(await errorOf(async () => response)).toEqual({ is: 'not-a-gateway' })
})

test.each([
  [429, '30', { is: 'overloaded', retryAfter: 30, reason: 'overload' }],
  [503, '-5', { is: 'overloaded', retryAfter: null, reason: 'overload' }],
  [503, 'soon', { is: 'overloaded', retryAfter: null, reason: 'overload' }],
  [503, null, { is: 'gateway-down', because: 'server-error' }],
  [500, null, { is: 'gateway-down', because: 'server-error' }],
  [502, null, { is: 'gateway-down', because: 'server-error' }],
  [504, null, { is: 'gateway-down', because: 'timeout' }],
  [413, null, { is: 'rejected', status: 413, code: 'body-too-large' }],
])('%d with Retry-After %s is classified', async (status, retryAfter, error) => {
  const headers: Record<string, string> = retryAfter === null ? {} : { 'retry-after': retryAfter }
  expect(await errorOf(async () => new Response('', { status, headers }))).toEqual(error)
})

test('the gateway says that it is in maintenance', async () => {
  const response = problemResponse('maintenance', { 'retry-after': '600' })
  expect(await errorOf(async () => response)).toEqual({ is: 'overloaded', retryAfter: 600, reason: 'maintenance' })
})

test('a refusal of the envelope carries its permanent code', async () => {
  expect(await errorOf(async () => problemResponse('envelope-invalid'))).toEqual({ is: 'rejected', status: 400, code: 'envelope-invalid' })
})

test('nobody at all is unreachable, and so is a connection cut in the middle of the body', async () => {
  const unreachable = { is: 'gateway-down', because: 'unreachable' }
  expect(await errorOf(() => Promise.reject(new TypeError('failed to fetch')))).toEqual(unreachable)
  const cut = new ReadableStream({
    start: (stream) => (stream.enqueue(new TextEncoder().encode('{"re')), stream.error(new TypeError('reset'))),
  })
  expect(await errorOf(async () => new Response(cut, { headers: { 'content-type': 'application/json' } }))).toEqual(unreachable)
})

test.each([
  ['never replies', () => new Promise<Response>(() => {})],
  ['never ends its body', async () => new Response(new ReadableStream({}), { headers: { 'content-type': 'application/json' } })],
])('a gateway that %s is given up after ten seconds', async (_what, reply) => {
  const { channels, clock } = channelsTo(reply)
  const asked = channels.ask(question)
  let ended = false
  void asked.then(() => (ended = true))
  await clock.pass(9_900)
  expect(ended).toBe(false)
  await clock.pass(200)
  expect(await asked).toEqual({ ok: false, error: { is: 'gateway-down', because: 'timeout' } })
})

test('the next gateway is asked when one cannot be reached, and the dead one last for a while', async () => {
  const asked: string[] = []
  const { channels, clock } = channelsTo(
    async (url) => {
      asked.push(new URL(url).host)
      if (url.startsWith('https://one')) throw new TypeError('failed to fetch')
      return json(200, { results: [] })
    },
    ['https://one.test', 'https://two.test'],
  )
  expect((await channels.ask(question)).ok).toBe(true)
  await channels.ask(question)
  expect(asked).toEqual(['one.test', 'two.test', 'two.test'])
  await clock.pass(31_000)
  await channels.ask(question)
  expect(asked.slice(3)).toEqual(['one.test', 'two.test'])
})

test('an overloaded gateway is not fled from', async () => {
  const asked: string[] = []
  const { channels } = channelsTo(
    async (url) => (asked.push(url), problemResponse('overloaded', { 'retry-after': '9' })),
    ['https://one.test', 'https://two.test'],
  )
  await channels.ask(question)
  expect(asked).toHaveLength(1)
})

test('no request follows a redirect, carries a cookie or leaves a timer behind', async () => {
  let sent: RequestInit = {}
  const { channels, clock } = channelsTo(async (_url, init) => ((sent = init), json(200, { results: [] })))
  await channels.ask(question)
  await settle()
  expect(sent).toMatchObject({ method: 'POST', redirect: 'manual', credentials: 'omit', cache: 'no-store' })
  expect(sent.headers).toMatchObject({ 'Piaozai-Device': 'device' })
  expect(clock.waiting).toBe(0)
})

test('the other addresses are read by their schemas', async () => {
  const { channels, clock } = channelsTo(async (url) => {
    if (url.includes('?ids=')) return json(200, { results: [{ id: 'a', state: 'parked', reason: 'overload', retryAfter: 9 }] })
    if (url.endsWith('piaozai.json'))
      return json(200, {
        product: 'piaozai',
        version: '1',
        receiptKeys: [],
        trustListVersion: null,
        smsNumber: null,
        statusHosts: [],
        channels: [],
      })
    return json(200, statusDocument(clock.now()))
  })
  expect(await channels.summaries(['a'])).toMatchObject({ ok: true, value: [{ id: 'a', is: 'parked', retryAfter: 9, verdict: null }] })
  expect(await channels.wellKnown()).toMatchObject({ ok: true, value: { version: '1' } })
  expect(await channels.status()).toMatchObject({ ok: true, value: { mode: 'normal', asOf: clock.now() } })
})

test.each([
  ['120', 120],
  ['0', 0],
  ['315360000', 315_360_000],
  ['Tue, 24 Nov 2026 02:01:00 GMT', 60],
  ['Mon, 23 Nov 2026 02:01:00 GMT', null],
  ['-1', null],
  ['1.5', null],
  ['', null],
  [null, null],
])('Retry-After %s is %s seconds', (header, seconds) => {
  expect(parseRetryAfter(header, Date.parse('2026-11-24T02:00:00Z'))).toBe(seconds)
})
