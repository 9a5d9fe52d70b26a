import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toWireQuery } from '../../src/api/index.ts'
import { addDays, dateAt, type Outcome } from '../../src/domain/index.ts'
import { createGateway, readConfig, silentLog, type Gateway } from '../../src/server/index.ts'
import type { Said, Source } from '../../src/server/sources/source.ts'
import type { Query } from '../../src/wallet/index.ts'
import { virtualClock } from '../bench/drain/clock.ts'
import { createDevice, type Device } from '../bench/drain/device.ts'
import { rowOf } from '../bench/drain/world.ts'
import { ask } from '../server/kit/ask.ts'
import { testRandom } from '../server/kit/random.ts'
import { chanceOf } from './chance.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
/** Milliseconds after the last outage: time for a morning, a second look, and everybody to open the app. */
const calm = 4 * day

export interface OutagePlan {
  readonly devices: number
  /** Days in which nothing is as it should be; after them everything works for a few. */
  readonly days: number
  /** Questions a device has in all. */
  readonly each: number
  readonly seed: number
  /** Nobody answers in all those days, instead of everything coming and going. */
  readonly dark: boolean
  /** The gateway is stopped so often, in days, and started again so much later. */
  readonly stops: { readonly every: number; readonly awhile: number }
}

/** What there was to see. */
export interface Lived {
  readonly asked: number
  /** Questions without an answer days after everything works again, wherever they are. */
  readonly unanswered: number
  /** Questions that a device was told are over although nobody answered them. */
  readonly refused: number
  /** The longest that somebody could have answered a question while it waited, hours. */
  readonly longestInVain: number
  /** Questions the authority answered more often than they needed. */
  readonly askedTwice: number
  readonly restarts: number
}

/** How an invoice is: what the authority says of it, at the first look and after that. */
const fates = ['ok', 'ok', 'ok', 'ok', 'voided', 'mismatch', 'not-found', 'fresh'] as const

/**
 * Devices, a gateway and two authorities, simulated day by day. Devices are looked at for an hour or two a day. The authorities come and go, hang, and talk
 * nonsense; the network of the gateway fails, and it is stopped and started on its data.
 */
export async function liveThrough({ devices: count, days, each, seed, dark, stops }: OutagePlan): Promise<Lived> {
  const chance = chanceOf(seed)
  const fraction = () => chance.below(2 ** 30) / 2 ** 30
  const clock = virtualClock(Date.parse('2026-11-24T02:00:00Z'), second)
  const start = clock.now()
  const end = start + days * day
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'piaozai-r3-'))

  // When who answers, and how the rest of the time is. Afterwards everything works.
  const weather = [0, 1].map(() => {
    const spells: { readonly until: number; readonly is: 'up' | 'down' | 'hangs' }[] = []
    for (let at = start; !dark && at < end;) {
      const is = (['up', 'down', 'hangs', 'down'] as const)[chance.below(4)] ?? 'down'
      at += (is === 'up' ? 3 : 9) * hour * 2 * fraction()
      spells.push({ until: Math.min(at, end), is })
    }
    return dark ? [{ until: end, is: 'down' as const }] : spells
  })
  const now = (authority: number) => weather[authority]?.find(({ until }) => clock.now() < until)?.is ?? 'up'
  let networkDownUntil = 0

  const finalLooks = new Map<string, number>()
  const answeredAt = new Map<string, number>()
  function say(number: string): Outcome {
    const index = Number(number.slice(-7))
    const fate = fates[index % fates.length] ?? 'ok'
    if (fate !== 'fresh') return fate
    return dateAt(clock.now()) > (issuedOn.get(number) ?? '') ? 'ok' : 'same-day'
  }
  const authority = (id: Source['id'], which: number): Source => ({
    id,
    name: id,
    class: 'authority',
    metered: true,
    supports: () => true,
    async ask({ number }): Promise<Said> {
      await clock.sleep(second)
      const is = now(which)
      if (is === 'hangs') await new Promise(() => undefined)
      if (is === 'down') throw new Error('connection refused')
      const outcome = say(number)
      if (outcome !== 'same-day') {
        finalLooks.set(number, (finalLooks.get(number) ?? 0) + 1)
        answeredAt.set(number, clock.now())
      }
      return { outcome, asOf: null }
    },
  })

  async function begin(): Promise<Gateway> {
    return createGateway({
      config: readConfig({ PIAOZAI_DATA: folder, PIAOZAI_PROBE_SECONDS: dark ? '3600' : '600' }),
      clock,
      random: testRandom(seed + chance.below(1e9)),
      log: silentLog(),
      egress: () => () => Promise.reject(new Error('no network')),
      moreSources: [authority('simulated', 0), authority('tencent', 1)],
    })
  }
  /** Lets time pass until that has happened. */
  async function during<T>(work: Promise<T>): Promise<T> {
    let over = false
    const ended = () => void (over = true)
    work.then(ended, ended)
    await clock.run(() => over)
    return work
  }

  let gateway: Gateway | null = await begin()
  let restarts = 0
  const issuedOn = new Map<string, string>()
  const askedAt = new Map<string, number>()
  let refused = 0
  const around = {
    now: clock.now,
    after: (ms: number, run: () => void) => clock.at(clock.now() + ms, run),
    chance: fraction,
    async post(device: number, queries: readonly Query[]) {
      if (gateway === null || clock.now() < networkDownUntil || fraction() < 0.05) return 'unreachable' as const
      for (const { elements } of queries) if (!askedAt.has(elements.number)) askedAt.set(elements.number, clock.now())
      const body = JSON.stringify({ queries: queries.map(({ id, elements }) => toWireQuery(id, elements)) })
      const headers = { 'Content-Type': 'application/json', 'Piaozai-Device': String(device).padStart(22, 'A') }
      const sent = { method: 'POST', headers, body }
      const response = await ask(gateway.app, 'http://gateway/api/v1/queries', sent, `10.0.${device}.1`)
      // The reply is lost on its way now and then: the same question comes again under the same id.
      if (fraction() < 0.05) return 'unreachable' as const
      if (response.status !== 200) return { retryAfter: Number(response.headers.get('Retry-After')) || null }
      const { results } = (await response.json()) as { results: { state: string }[] }
      refused += results.filter(({ state }) => state === 'refused').length
      return results
    },
  }

  const all: Device[] = []
  for (let index = 0; index < count; index++) {
    const device = createDevice(index, [], around, () => undefined)
    all.push(device)
    for (let nth = 0; nth < each; nth++) {
      const at = start + Math.floor(fraction() * Math.min(days, dark ? 20 : days) * day)
      const question = index * each + nth
      const number = `2611200${String(question).padStart(13, '0')}`
      const isFresh = fates[question % fates.length] === 'fresh'
      issuedOn.set(number, isFresh ? dateAt(at) : addDays(dateAt(start), -60))
      clock.at(at, () => device.ask(rowOf(question, { number, issuedOn: issuedOn.get(number) ?? '', amount: 10_600 }, at)))
    }
    // Somebody opens the app for an hour or two, every day or, in the long dark, every week.
    for (let at = start + fraction() * day; at < end + calm; at += dark && at < end - 7 * day ? 7 * day : day) {
      clock.at(at, () => device.wake())
      clock.at(at + hour * (1 + fraction()), () => device.leave())
    }
  }
  const disturbances: { at: number; run: () => Promise<void> }[] = []
  for (let at = start + stops.every * day; at < end; at += stops.every * day) {
    const stop = async () => {
      const old = gateway
      gateway = null
      if (old) await during(old.stop())
    }
    const again = async () => {
      gateway = await during(begin())
      restarts++
    }
    disturbances.push({ at, run: stop }, { at: at + stops.awhile * day, run: again })
  }
  for (let at = start + day; !dark && at < end; at += 1.7 * day)
    disturbances.push({ at, run: () => Promise.resolve(void (networkDownUntil = clock.now() + 6 * hour)) })

  try {
    for (const { at, run } of [...disturbances.sort((a, b) => a.at - b.at), { at: end + calm, run: () => Promise.resolve() }]) {
      let isTime = false
      clock.at(at, () => void (isTime = true))
      await clock.run(() => isTime)
      await run()
    }
    for (const device of all) device.wake()
    let isLate = false
    clock.at(clock.now() + 2 * hour, () => void (isLate = true))
    await clock.run(() => isLate)
  } finally {
    if (gateway) await during(gateway.stop())
    rmSync(folder, { recursive: true, force: true })
  }

  const inVain = [...askedAt].map(([number, from]) => hoursUp(weather, from, answeredAt.get(number) ?? clock.now(), end))
  return {
    asked: askedAt.size,
    unanswered: all.reduce((sum, { open }) => sum + open.length, 0) + (count * each - askedAt.size),
    refused,
    longestInVain: Math.max(...inVain),
    // The second look of "not found" is one that is needed.
    askedTwice: [...finalLooks].filter(([number, looks]) => looks > (say(number) === 'not-found' ? 2 : 1)).length,
    restarts,
  }
}

/** Hours between two instants in which an authority worked. */
function hoursUp(weather: readonly (readonly { until: number; is: string }[])[], from: number, to: number, end: number): number {
  const [first = []] = weather
  let sum = Math.max(0, to - Math.max(from, end))
  let begun = -Infinity
  for (const { until, is } of first) {
    if (is === 'up') sum += Math.max(0, Math.min(to, until) - Math.max(from, begun))
    begun = until
  }
  return sum / hour
}
