import { mkdtempSync, existsSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toWireQuery } from '../../../src/api/index.ts'
import { canonicalElements, type Elements } from '../../../src/domain/index.ts'
import { createGateway, readConfig, silentLog, type Random } from '../../../src/server/index.ts'
import type { Source } from '../../../src/server/sources/source.ts'
import type { Query } from '../../../src/wallet/index.ts'
import { chanceOf, type Chance } from '../../fault/chance.ts'
import { ask } from '../../server/kit/ask.ts'
import { virtualClock } from './clock.ts'
import { createDevice, type Device } from './device.ts'

export interface DrainPlan {
  readonly devices: number
  /** Questions of each device, about invoices of their own. */
  readonly each: number
  /** Calls a second that the source grants. */
  readonly perSecond: number
  readonly seed: number
}

/** What came of a drain. */
export interface Drained {
  /** Seconds from recovery to the last stored answer. */
  readonly seconds: number
  /** Distinct source calls ÷ source rate, seconds. */
  readonly ideal: number
  readonly messagesPerDevice: number
  /** The most requests in any second after recovery ÷ what the gateway announces to take in. */
  readonly peakToCapacity: number
  /** Jain's index over the answers a second that each device got, from recovery to its last one. */
  readonly jain: number
  readonly calls: number
  readonly lost: number
}

/** Things happen on this grid of milliseconds: what is due in the same step shares commits, as it does under load. */
const grainMs = 100
const second = 1000
const minute = 60 * second
/** Share of the devices that are away when service returns. */
const away = 0.2

/**
 * The source is down for an hour; within a quarter of an hour every device asks, a fifth of them goes away, and the source comes back. The gateway is the
 * real one, and what devices do is decided by the real outbox; only time, network and source are replaced.
 */
export async function drainOnce({ devices: count, each, perSecond, seed }: DrainPlan): Promise<Drained> {
  const chance = chanceOf(seed)
  const fraction = () => chance.below(2 ** 30) / 2 ** 30
  const clock = virtualClock(Date.parse('2026-11-24T02:00:00Z'), grainMs)
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'piaozai-drain-'))

  let isUp = false
  let recoveredAt = Infinity
  let lastAnswer = 0
  let calls = 0
  const lastOf = new Float64Array(count)
  const source: Source = {
    id: 'simulated',
    name: 'simulated',
    class: 'authority',
    metered: true,
    pace: { perSecond, width: Math.ceil(perSecond / 3) + 10 },
    supports: () => true,
    async ask({ number }) {
      if (!isUp) throw new Error('connection refused')
      calls++
      await clock.sleep(20 + 40 * fraction())
      lastAnswer = clock.now()
      lastOf[deviceOf(number, each)] = lastAnswer
      return { outcome: 'ok', asOf: null }
    },
  }
  const config = readConfig({ PIAOZAI_DATA: folder })
  const gateway = await createGateway({
    config,
    clock,
    random: randomOf(chance),
    log: silentLog(),
    egress: () => () => Promise.reject(new Error('no network')),
    moreSources: [source],
  })
  const capacity = config.admissionPerSecond

  const messages = new Uint32Array(count)
  const inSecond = new Map<number, number>()
  let done = 0
  const isAway = Array.from({ length: count }, () => fraction() < away)
  const around = {
    now: clock.now,
    after: (ms: number, run: () => void) => clock.at(clock.now() + ms, run),
    chance: fraction,
    async post(device: number, queries: readonly Query[]) {
      if (clock.now() >= recoveredAt) {
        messages[device] = (messages[device] ?? 0) + 1
        const at = Math.floor((clock.now() - recoveredAt) / second)
        inSecond.set(at, (inSecond.get(at) ?? 0) + 1)
      }
      const body = JSON.stringify({ queries: queries.map(({ id, elements }) => toWireQuery(id, elements)) })
      const headers = { 'Content-Type': 'application/json', 'Piaozai-Device': String(device).padStart(22, 'A') }
      const from = `2001:db8:${(device >> 8).toString(16)}:${((device & 255) << 8).toString(16)}::1`
      const response = await ask(gateway.app, 'http://gateway/api/v1/queries', { method: 'POST', headers, body }, from)
      if (response.status !== 200) return { retryAfter: Number(response.headers.get('Retry-After')) || null }
      return ((await response.json()) as { results: unknown[] }).results
    },
  }
  const all: Device[] = Array.from({ length: count }, (_, index) =>
    createDevice(index, rowsOf(index, each, clock.now()), around, () => void done++),
  )

  try {
    // Somebody finds out at once that it is down. When the others come the outage is an hour old.
    let begun = false
    all[0]?.wake()
    clock.at(clock.now() + 60 * minute, () => void (begun = true))
    await clock.run(() => begun)
    for (const device of all) clock.at(clock.now() + fraction() * 15 * minute, () => device.wake())
    recoveredAt = clock.now() + 15 * minute + Math.floor(fraction() * 5 * second)
    clock.at(recoveredAt, () => void (isUp = true))
    const ideal = (count * each) / perSecond
    for (const device of all) {
      if (!isAway[device.index]) continue
      clock.at(recoveredAt - 1, () => device.leave())
      clock.at(recoveredAt + fraction() * 2 * ideal * second, () => device.wake())
    }
    const latest = recoveredAt + 10 * ideal * second + 24 * 60 * minute
    await clock.run(() => done === count || clock.now() > latest)
  } finally {
    const stopping = gateway.stop()
    let stopped = false
    void stopping.then(() => (stopped = true))
    await clock.run(() => stopped)
    rmSync(folder, { recursive: true, force: true })
  }

  const shares = [...lastOf].map((at) => each / (at - recoveredAt))
  return {
    seconds: (lastAnswer - recoveredAt) / second,
    ideal: (count * each) / perSecond,
    messagesPerDevice: messages.reduce((sum, one) => sum + one, 0) / count,
    peakToCapacity: Math.max(...inSecond.values()) / capacity,
    jain: jainOf(shares),
    calls,
    lost: count - done,
  }
}

/** Jain's fairness index: 1 when everybody has the same. */
export function jainOf(values: readonly number[]): number {
  const sum = values.reduce((total, one) => total + one, 0)
  return sum ** 2 / (values.length * values.reduce((total, one) => total + one ** 2, 0))
}

function rowsOf(device: number, each: number, now: number): Query[] {
  return Array.from({ length: each }, (_, index) => {
    const count = device * each + index
    return rowOf(count, { number: `2611200${String(count).padStart(13, '0')}`, issuedOn: '2026-09-24', amount: 10_600 }, now)
  })
}

/** A row of the outbox that has not been sent. */
export function rowOf(count: number, about: Pick<Elements, 'number' | 'issuedOn' | 'amount'>, now: number): Query {
  const elements: Elements = { kind: 'digital-ordinary', ...about }
  return {
    id: `019a0000-0000-7000-8000-${String(count).padStart(12, '0')}`,
    entryId: '',
    elements,
    question: canonicalElements(elements),
    state: 'queued',
    reason: null,
    ticket: null,
    nextAt: null,
    setAt: now,
    askedAt: now,
    attempts: 0,
    problem: null,
  }
}

function deviceOf(number: string, each: number): number {
  return Math.floor(Number(number.slice(7)) / each)
}

function randomOf(chance: Chance): Random {
  return {
    fraction: () => chance.below(2 ** 30) / 2 ** 30,
    bytes: (length) => Uint8Array.from({ length }, () => chance.below(256)),
  }
}
