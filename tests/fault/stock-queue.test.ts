import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { canonicalElements, elementsOf, type Elements } from '../../src/domain/index.ts'
import { startDraining } from '../../src/outbox/index.ts'
import { manualClock } from '../fixtures/clock.ts'
import { captureMany, draftOf } from '../fixtures/device.ts'
import { fakeGateway } from '../fixtures/gateway.ts'
import { chanceOf, type Chance } from './chance.ts'
import { faults, type Fault } from './http-faults.ts'
import { makeLinedDevice, passUntil } from './line.ts'
import { makeStockQueue, withoutKeys } from './stock-queue.ts'

/** The outbox beside the stock queue of service workers: the same gateway, the same faults by the same seeds. */

beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterAll(() => void vi.useRealTimers())

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const questions = 5
const times = process.env['PIAOZAI_TEST_LONG'] ? 10 : 1

/** Faults of a line and how long it has them. */
interface Weather {
  readonly name: string
  readonly lasts: number
  /** Lives are lived with the seeds 1 to this. */
  readonly seeds: number
  /** How the next request fares; null: it gets through. */
  readonly next: (chance: Chance) => Fault | null
}

const named = (name: string): Fault => {
  const found = faults.find((one) => one.name === name)
  if (found === undefined) throw new Error(`no fault ${name}`)
  return found
}
const lost = named('a reset before the gateway saw it')
const unheard = named('a reset after the gateway processed it')
const portal = named('200 with a login page')
const badGateway = named('502 with a page')
const busy = named('503 with Retry-After: 30 seconds')
/** Of sixteen requests nine get through; four of the seven faults are network errors, three are HTTP replies. */
const mix: readonly (Fault | null)[] = [lost, lost, lost, unheard, portal, badGateway, busy, ...Array<null>(9).fill(null)]

const weathers: readonly Weather[] = [
  { name: 'mixed faults, two hours', lasts: 2 * hour, seeds: 40 * times, next: (chance) => mix[chance.below(mix.length)] ?? null },
  { name: 'everything 503, two hours', lasts: 2 * hour, seeds: 4 * times, next: () => busy },
  { name: 'no network, eight days', lasts: 8 * day, seeds: times, next: () => lost },
]

interface Tally {
  readonly asked: number
  readonly requests: number
  /** Requests that the gateway processed. */
  readonly effects: number
  /** Questions the gateway never processed; for the outbox also those whose answer is not in the wallet. */
  readonly lost: number
  /** Questions the gateway processed more than once. */
  readonly doubled: number
}

const elements = Array.from({ length: questions }, (_, at) => elementsOf(draftOf(at + 1).invoice) as Elements)

function tally(requests: number, ledger: readonly { elements: string }[], answered: (question: string) => boolean): Tally {
  const times = elements.map((one) => ledger.filter((line) => line.elements === canonicalElements(one)).length)
  const lostOnes = elements.filter((one, at) => times[at] === 0 || !answered(canonicalElements(one)))
  return { asked: questions, requests, effects: ledger.length, lost: lostOnes.length, doubled: times.filter((count) => count > 1).length }
}

async function liveWithOutbox({ lasts, next }: Weather, seed: number): Promise<Tally> {
  const line = await makeLinedDevice(seed)
  const { device } = line
  const chance = chanceOf(seed)
  line.fault = () => next(chance)
  const { stop } = startDraining({ ...device, events: { onChange: () => () => {}, visible: () => true } })
  const start = device.clock.now()
  for (let at = 1; at <= questions; at++) {
    await captureMany(device, 1, at)
    await passUntil(line, () => false, 10 * minute)
  }
  await passUntil(line, () => false, start + lasts - device.clock.now())
  line.fault = null
  await passUntil(line, async () => (await device.wallet.queries()).queries.length === 0, day)
  stop()
  const { entries } = await device.wallet.list()
  const details = await Promise.all(entries.map(({ entry }) => device.wallet.entry(entry.id)))
  const answered = new Set(details.flatMap((detail) => (detail?.answers ?? []).map(({ question }) => question)))
  return tally(line.requestedAt.length, device.gateway.ledger, (question) => answered.has(question))
}

async function liveWithStockQueue({ lasts, next }: Weather, seed: number): Promise<Tally> {
  const clock = manualClock()
  const gateway = fakeGateway(clock)
  const chance = chanceOf(seed)
  let bad = true
  let requests = 0
  const toGateway = withoutKeys(clock, gateway.fetch, seed)
  const queue = await makeStockQueue(clock, (url, init) => {
    requests++
    const fault = bad ? next(chance) : null
    const through = () => toGateway(url, init)
    return fault === null ? through() : fault.reply({ ids: [''], now: clock.now(), through })
  })
  const start = clock.now()
  for (const one of elements) {
    await queue.ask(one)
    await clock.pass(10 * minute)
  }
  await clock.pass(start + lasts - clock.now())
  bad = false
  // It gave up long ago: something else must fail into the queue for it to try again. We let that happen.
  await queue.register()
  await clock.pass(day)
  expect(await queue.size()).toBe(0)
  return tally(requests, gateway.ledger, () => true)
}

async function both(weather: Weather): Promise<{ outbox: Tally; stock: Tally }> {
  const none = { asked: 0, requests: 0, effects: 0, lost: 0, doubled: 0 }
  const sums = { outbox: { ...none }, stock: { ...none } }
  for (let seed = 1; seed <= weather.seeds; seed++) {
    add(sums.outbox, await liveWithOutbox(weather, seed))
    add(sums.stock, await liveWithStockQueue(weather, seed))
  }
  return sums
}

function add(sum: Record<keyof Tally, number>, one: Tally): void {
  for (const key of ['asked', 'requests', 'effects', 'lost', 'doubled'] as const) sum[key] += one[key]
}

const percent = (part: number, { asked }: Tally) => `${((100 * part) / asked).toFixed(1)}%`
const words = (one: Tally) =>
  `${one.asked} asked, ${one.effects} processed, ${one.lost} lost (${percent(one.lost, one)}), ${one.doubled} doubled (${percent(one.doubled, one)})`

test.each(weathers)(
  '$name: the outbox loses and doubles nothing; the stock queue is measured beside it',
  async (weather) => {
    const { seeds } = weather
    const { outbox, stock } = await both(weather)
    console.log(
      `R2 ${weather.name}, seeds 1–${seeds}\n  outbox                       ${words(outbox)}\n  workbox-background-sync 7.4.1 ${words(stock)}`,
    )
    expect(outbox).toMatchObject({ asked: seeds * questions, effects: seeds * questions, lost: 0, doubled: 0 })
    expect(stock.asked).toBe(outbox.asked)
    expect(stock.lost).toBeGreaterThan(0)
    // It is the real queue that was measured: what only the network refused came through, unless it was a week old.
    if (weather.lasts < 7 * day) expect(stock.lost).toBeGreaterThan(0)
  },
  300_000,
)

test('the stock queue works when only the network fails, so what it loses above is its own doing', async () => {
  const seeds = 4
  const { stock, outbox } = await both({ name: 'no network, less than an hour', lasts: 51 * minute, seeds, next: () => lost })
  for (const one of [stock, outbox])
    expect(one).toMatchObject({ asked: seeds * questions, effects: seeds * questions, lost: 0, doubled: 0 })
  expect(stock.requests).toBeGreaterThan(stock.asked)
}, 300_000)
