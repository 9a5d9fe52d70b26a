import { problemOf, type ProblemCode, type QueryResult } from '../../src/api/index.ts'
import type { Instant } from '../../src/domain/index.ts'
import { json, problemResponse } from '../fixtures/gateway.ts'
import { draftOf } from '../fixtures/device.ts'
import { toWireInvoice } from '../../src/api/invoice.ts'

/** A request on its way. `through` takes it to the gateway, which then has processed it, whatever becomes of the reply. */
export interface Call {
  readonly ids: readonly string[]
  readonly now: Instant
  readonly through: () => Promise<Response>
}

/** What happens to a request on its way there or back. */
export interface Fault {
  readonly name: string
  readonly reply: (call: Call) => Promise<Response>
  /** The ids of a batch that get a valid answer all the same. Default: none. */
  readonly answers?: (ids: readonly string[]) => readonly string[]
  /** Somebody asks us to wait, so it may take that long (never more than a day) after the fault is over. */
  readonly asksToWait?: boolean
  /** It speaks of single questions, so each of them waits by itself, longer and longer. */
  readonly byRow?: boolean
}

const text = (status: number, body: string, type = 'text/html', headers: Record<string, string> = {}) =>
  new Response([204, 205, 304].includes(status) ? null : body, { status, headers: { 'content-type': type, ...headers } })
const html = '<!doctype html><title>Log in</title><form action="/login"></form>'
const always = (make: () => Response) => async (): Promise<Response> => make()
const never = () => new Promise<Response>(() => {})
const reset = () => Promise.reject(new TypeError('Failed to fetch'))

/** A body in pieces; `end` says how it ends: as it should, with a cut connection, or not at all. */
function streamed(pieces: Iterable<string>, end: 'close' | 'cut' | 'never', headers: Record<string, string> = {}): Response {
  const left = pieces[Symbol.iterator]()
  const encoder = new TextEncoder()
  const body = new ReadableStream({
    pull(stream) {
      const { done, value } = left.next()
      if (!done) stream.enqueue(encoder.encode(value))
      else if (end === 'close') stream.close()
      else if (end === 'cut') stream.error(new TypeError('terminated'))
      else return new Promise<void>(() => {})
      return undefined
    },
  })
  return new Response(body, { headers: { 'content-type': 'application/json', ...headers } })
}

/** Properties of a response that only a browser can make. */
function shaped(type: ResponseType, status: number): Response {
  return Object.defineProperties(new Response(null), { type: { value: type }, status: { value: status }, ok: { value: false } })
}

const realText = async ({ through }: Call) => (await through()).text()

function* padded(real: string) {
  yield '{"padding":"'
  for (let size = 0; size < 1_200_000; size += 60_000) yield 'x'.repeat(60_000)
  yield `",${real.slice(1)}`
}

const portals: readonly Fault[] = [
  { name: '200 with a login page', reply: always(() => text(200, html)) },
  { name: '200 with a login page that calls itself JSON', reply: always(() => text(200, html, 'application/json')) },
  { name: '200 with JSON of another shape', reply: always(() => json(200, { hello: 'world' })) },
  { name: '200 with results that are no list', reply: always(() => json(200, { results: 'ok' })) },
  { name: '200 with a list instead of an envelope', reply: always(() => json(200, [])) },
  { name: '200 with null', reply: always(() => json(200, null)) },
  { name: '200 with nothing', reply: always(() => text(200, '', 'application/json')) },
  { name: '200 with the real answers as plain text', reply: async (call) => text(200, await realText(call), 'text/plain') },
  { name: '201 with the real answers', reply: async (call) => text(201, await realText(call), 'application/json') },
  { name: '204', reply: always(() => text(204, '')) },
  { name: '206 with the real answers', reply: async (call) => text(206, await realText(call), 'application/json') },
  { name: '304', reply: always(() => text(304, '')) },
  { name: 'a redirect that is not followed', reply: always(() => shaped('opaqueredirect', 0)) },
  { name: 'an opaque reply', reply: always(() => shaped('opaque', 0)) },
  { name: '302 to a login page', reply: always(() => text(302, html, 'text/html', { location: 'https://login.test' })) },
  { name: '307', reply: always(() => text(307, '', 'text/html', { location: 'https://login.test' })) },
]

const bareStatuses = [400, 401, 402, 403, 404, 405, 407, 408, 409, 410, 413, 415, 418, 422, 425, 429, 431, 451]
const serverStatuses = [500, 501, 502, 503, 504, 507, 511, 522]
const plain = (status: number): Fault => ({ name: `${status} with a page`, reply: always(() => text(status, html)), byRow: status === 413 })

const ours = (code: ProblemCode): Fault => ({
  name: `our problem ${code}`,
  reply: always(() => problemResponse(code)),
  byRow: code === 'body-too-large',
})

const statuses: readonly Fault[] = [
  ...[...bareStatuses, ...serverStatuses].map(plain),
  ...(['query-unknown', 'not-found', 'method-not-allowed', 'media-type-unsupported', 'body-too-large', 'internal'] as const).map(ours),
  { name: '400 with a problem of somebody else', reply: always(() => json(400, { title: 'bad request', status: 400 })) },
  { name: '403 with the real answers', reply: async (call) => text(403, await realText(call), 'application/json') },
  { name: '500 with the real answers', reply: async (call) => text(500, await realText(call), 'application/json') },
  { name: '503 with the real answers', reply: async (call) => text(503, await realText(call), 'application/json') },
]

/** The gateway refuses the request as a whole, in its own words: the person sees it and may ask again. */
export const refusals: readonly Fault[] = (['envelope-invalid', 'query-id-reused', 'query-invalid'] as const).map(ours)

const waits: readonly [string, (now: Instant) => string][] = [
  ['30 seconds', () => '30'],
  ['0 seconds', () => '0'],
  ['a date in two minutes', (now) => new Date(now + 120_000).toUTCString()],
  ['a date of yesterday', (now) => new Date(now - 86_400_000).toUTCString()],
  ['-5', () => '-5'],
  ['ten years in seconds', () => '315360000'],
  ['ten years as a date', (now) => new Date(now + 315_360_000_000).toUTCString()],
  ['more digits than a number has', () => '9'.repeat(400)],
  ['soon', () => 'soon'],
  ['1.5', () => '1.5'],
  ['two values', () => '30, 60'],
]

const retryAfters: readonly Fault[] = [429, 503].flatMap((status) =>
  waits.map(([name, value]): Fault => ({
    name: `${status} with Retry-After: ${name}`,
    reply: async ({ now }) => text(status, '', 'text/plain', { 'retry-after': value(now) }),
    asksToWait: true,
  })),
)

const cuts: readonly Fault[] = [
  { name: 'a reset before the gateway saw it', reply: reset },
  { name: 'a reset after the gateway processed it', reply: async (call) => (await call.through(), reset()) },
  { name: 'no reply, nobody saw it', reply: never },
  { name: 'no reply, though the gateway processed it', reply: async (call) => (await call.through(), never()) },
  { name: 'an abort', reply: () => Promise.reject(new DOMException('aborted', 'AbortError')) },
  { name: 'a body that never begins', reply: async () => streamed([], 'never') },
  { name: 'a body that never ends', reply: async (call) => streamed([(await realText(call)).slice(0, -3)], 'never') },
  { name: 'a whole body whose end never comes', reply: async (call) => streamed([await realText(call)], 'never') },
  { name: 'a body cut in the middle', reply: async (call) => streamed([(await realText(call)).slice(0, 40)], 'cut') },
  {
    name: 'a body cut in the middle that promised its length',
    reply: async (call) => {
      const real = await realText(call)
      return streamed([real.slice(0, 40)], 'cut', { 'content-length': String(real.length) })
    },
  },
  { name: 'JSON that ends early', reply: async (call) => text(200, (await realText(call)).slice(0, -1), 'application/json') },
  { name: 'over a megabyte with the real answers at its end', reply: async (call) => streamed(padded(await realText(call)), 'close') },
  {
    name: 'over a megabyte, as its header says',
    reply: async (call) => text(200, await realText(call), 'application/json', { 'content-length': '1500000' }),
  },
]

type Results = readonly QueryResult[]

/** The gateway's own reply with its results changed on the way. */
function changed(name: string, change: (results: Results) => unknown, answers: Fault['answers'] = (ids) => ids): Fault {
  const reply = async ({ ids, through }: Call) => {
    const response = await through()
    // The status document has no results.
    if (ids.length === 0) return response
    return json(200, { results: change(((await response.json()) as { results: Results }).results) })
  }
  return { name, reply, answers, byRow: true }
}

const none = () => []
const half = <T>(list: readonly T[]) => list.slice(0, Math.floor(list.length / 2))
const stranger = '0192d3a0-0000-7000-8000-000000000000'
const instead = (make: (id: string, at: number) => unknown) => (results: Results) => results.map(({ id }, at) => make(id, at))
const otherInvoice = toWireInvoice(draftOf(9_999_999).invoice)

const bodies: readonly Fault[] = [
  changed('every result twice', (results) => [...results, ...results]),
  changed('results in another order', (results) => results.toReversed()),
  changed('results of strangers among them', (results) => [{ ...results[0], id: stranger }, ...results, { ...results[0], id: 7 }, null]),
  changed('half of the results missing', half, half),
  changed('no results at all', () => [], none),
  changed(
    'only results of strangers',
    instead(() => ({ id: stranger, state: 'refused', problem: problemOf('query-invalid') })),
    none,
  ),
  changed(
    'results that are rubbish',
    instead((_id, at) => [null, 7, 'answered', [], {}, { id: null }][at % 6]),
    none,
  ),
  changed(
    'answers without an answer',
    instead((id) => ({ id, state: 'answered' })),
    none,
  ),
  changed('answers with a verdict nobody knows', (results) => results.map((one) => ({ ...one, answer: { verdict: 'great' } })), none),
  changed(
    'a state nobody knows',
    instead((id) => ({ id, state: 'lost' })),
    none,
  ),
  changed(
    'answers about another invoice',
    (results) => results.map((one) => (one.state === 'answered' ? { ...one, answer: { ...one.answer, invoice: otherInvoice } } : one)),
    none,
  ),
  changed('rubbish before each answer', (results) => results.flatMap((one) => [{ ...one, state: 'lost' }, one])),
  changed(
    'questions refused for reasons that pass',
    instead((id) => ({ id, state: 'refused', problem: problemOf('overloaded') })),
    none,
  ),
  {
    ...changed(
      'parked for ten years',
      instead((id) => parked(id, 315_360_000)),
      none,
    ),
    asksToWait: true,
  },
  changed(
    'parked for less than no time',
    instead((id) => parked(id, -60)),
    none,
  ),
  changed(
    'parked for a time that is no number',
    instead((id) => parked(id, 'later')),
    none,
  ),
]

function parked(id: string, retryAfter: unknown) {
  return { id, state: 'parked', reason: 'source-down', ticket: 'T1', retryAfter }
}

/** Everything that may come instead of a good reply and must not settle a question; what refuses a request for good is in {@link refusals}. */
export const faults: readonly Fault[] = [...portals, ...statuses, ...retryAfters, ...cuts, ...bodies]
