/**
 * `piaozai bench overload` (R11): a gateway that announces a rate gets that rate, then ten times as much, then that rate again; requests come at
 * their time whether or not earlier ones were answered. Goodput under overload beside the announced rate (goal ≥ 0.95), the 99th percentile of
 * those who are let in beside that of before (goal ≤ 2, the first seconds apart, in which the gateway notices), and the seconds after the flood
 * until everybody is answered again as before (goal ≤ 30). Medians of some rounds; how many times the rate was really offered, and the share of
 * the CPU that went to offering it, is told, too: generator and gateway share the machine.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importRegistry } from '../../../src/server/index.ts'
import { csvOf, idOf, queryOf, rowOf } from '../../server/kit/fixtures.ts'
import { startChild, type Child } from '../child.ts'
import { openConnection, postOf, type Connection } from '../connection.ts'
import { bandOf, median } from '../statistics.ts'

const invoices = 20_000
const connections = 200
const rounds = 5
const seconds = { before: 5, flood: 8, after: 32 } as const
/** Seconds of the flood in which the gateway notices it. */
const noticing = 2
/** The share of what the gateway can do at most that it announces: the rest is for sending others away. */
const announcedShare = 0.25
const goals = { goodput: 0.95, slower: 2, recovery: 30 } as const

interface Outcome {
  /** Second of the phase in which it was sent. */
  readonly second: number
  readonly status: number
  /** Milliseconds from when it was to be sent. */
  readonly ms: number
}

/** What a round came to. */
interface Round {
  readonly offered: number
  readonly goodput: number
  readonly unloaded: number
  readonly loaded: number
  readonly recovery: number
  /** CPU of being sent away beside that of an answer; null where the system does not tell. */
  readonly refusal: number | null
}

const folder = mkdtempSync(join(tmpdir(), 'piaozai-overload-'))
let next = 0
const nextRequest = () => {
  const count = next++
  return postOf('/api/v1/queries', JSON.stringify({ queries: [{ ...queryOf(count % invoices), id: idOf(count) }] }))
}

try {
  const registry = join(folder, 'registry.csv')
  writeFileSync(registry, csvOf(Array.from({ length: invoices }, (_, index) => rowOf(index))))
  await importRegistry({ data: folder, databaseUrl: null }, registry)
  const most = await withGateway(
    100_000,
    async (pool) => (await Promise.all([saturate(pool.slice(0, 32), 1), saturate(pool.slice(32, 64), 3)]))[1]! * 2,
  )
  const rate = Math.max(10, Math.round(most * announcedShare))
  console.error(`at most ${Math.round(most)} requests/s, announced ${rate}`)
  await withGateway(rate, async (pool, cpuMs) => {
    const all: Round[] = []
    const begun = { cpu: process.cpuUsage(), at: performance.now() }
    for (let round = 0; round < rounds; round++) all.push(await roundAt(pool, cpuMs, rate))
    const { user, system } = process.cpuUsage(begun.cpu)
    tell(rate, all, (user + system) / 1000 / (performance.now() - begun.at))
  })
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

async function withGateway<T>(perSecond: number, work: (pool: Connection[], cpuMs: Child['cpuMs']) => Promise<T>): Promise<T> {
  const env = { PIAOZAI_DATA: folder, PIAOZAI_ADMISSION_PER_SECOND: String(perSecond) }
  const gateway = await startChild(join(import.meta.dirname, '../gateway.ts'), [], env)
  try {
    const pool = await Promise.all(Array.from({ length: connections }, () => openConnection(gateway.port)))
    return await work(pool, gateway.cpuMs)
  } finally {
    await gateway.stop()
  }
}

/** Answers a second when each connection has one request at a time. */
async function saturate(pool: readonly Connection[], forSeconds: number): Promise<number> {
  const begun = performance.now()
  let count = 0
  const work = async (connection: Connection) => {
    while (performance.now() - begun < forSeconds * 1000) {
      await connection.send(nextRequest())
      count += 1
    }
  }
  await Promise.all(pool.map(work))
  return count / forSeconds
}

async function roundAt(pool: readonly Connection[], cpuMs: Child['cpuMs'], rate: number): Promise<Round> {
  const cpu = [cpuMs()]
  const before = await offer(pool, rate, seconds.before)
  cpu.push(cpuMs())
  const flood = await offer(pool, rate * 10, seconds.flood)
  cpu.push(cpuMs())
  const unloaded = p99(admitted(before))
  const isWell = (second: readonly Outcome[]) =>
    second.length > 0 && admitted(second).length >= goals.goodput * second.length && p99(second) <= goals.slower * unloaded
  let recovery = 0
  while (recovery < seconds.after && !isWell(await offer(pool, rate, 1))) recovery++
  const steady = flood.filter(({ second }) => second >= noticing && second < seconds.flood)
  const long = seconds.flood - noticing
  return {
    ...{ offered: steady.length / long, goodput: admitted(steady).length / long },
    ...{ unloaded, loaded: p99(admitted(steady)), recovery, refusal: refusalOf(cpu, before, flood) },
  }
}

/** What is left of the CPU of the flood when its answers are taken off at the price of before, for each request that was sent away. */
function refusalOf([begun, calm, end]: readonly (number | null | undefined)[], before: readonly Outcome[], flood: readonly Outcome[]) {
  if (begun == null || calm == null || end == null) return null
  const answer = (calm - begun) / before.length
  const answers = admitted(flood).length
  return (end - calm - answers * answer) / (flood.length - answers) / answer
}

/** Sends `rate` requests a second for so long, each at its time or as soon after it as a connection is free. */
async function offer(pool: readonly Connection[], rate: number, forSeconds: number): Promise<Outcome[]> {
  const begun = performance.now()
  const outcomes: Outcome[] = []
  let taken = 0
  await Promise.all(
    pool.map(async (connection) => {
      for (;;) {
        const mine = taken++
        if (mine >= rate * forSeconds) return
        const due = begun + (mine * 1000) / rate
        const early = due - performance.now()
        if (early > 0) await new Promise((resolve) => setTimeout(resolve, early))
        const sent = performance.now()
        // What could not be sent in its phase was never offered.
        if (sent > begun + forSeconds * 1000) return
        const status = await connection.send(nextRequest())
        outcomes.push({ second: Math.floor((sent - begun) / 1000), status, ms: performance.now() - due })
      }
    }),
  )
  return outcomes
}

function admitted(outcomes: readonly Outcome[]): Outcome[] {
  return outcomes.filter(({ status }) => status === 200)
}

function p99(outcomes: readonly Outcome[]): number {
  const times = outcomes.map(({ ms }) => ms).sort((a, b) => a - b)
  return times[Math.floor((times.length - 1) * 0.99)] ?? Number.NaN
}

function tell(rate: number, all: readonly Round[], generator: number): void {
  const of = (value: (one: Round) => number) => all.map(value)
  const goodput = of((one) => one.goodput / rate)
  const slower = of((one) => one.loaded / one.unloaded)
  const recovery = of((one) => one.recovery)
  const line = (metric: string, value: number, unit: string, name: string, base: number, ratios: readonly number[]) =>
    console.log(
      JSON.stringify({
        ...{ bench: 'overload', metric, value: round(value), unit, baseline: { name, value: round(base) } },
        ...{ ratio: round(median(ratios)), band: bandOf(ratios).map(round), rounds },
      }),
    )
  const [unloaded, loaded] = [median(of((one) => one.unloaded)), median(of((one) => one.loaded))]
  line('goodput at 10 ×', median(of((one) => one.goodput)), 'answers/s', 'announced', rate, goodput)
  line('p99 of admitted at 10 ×', loaded, 'ms', 'p99 at 1 ×', unloaded, slower)
  line(
    'recovery',
    median(recovery),
    's',
    'goal',
    goals.recovery,
    of((one) => one.recovery / goals.recovery),
  )
  const refusals = of((one) => one.refusal ?? Number.NaN)
  if (refusals.every(Number.isFinite)) line('CPU of being sent away', median(refusals), '×', 'CPU of an answer', 1, refusals)
  const times = median(of((one) => one.offered)) / rate
  console.error(
    `offered ${round(times)} × the announced ${rate}/s (${round(generator)} of a core to offer it): goodput ${round(median(goodput))}, p99 ${round(loaded)} ms (${round(unloaded)} before, ${round(median(slower))} ×), well again after ${median(recovery)} s`,
  )
  if (median(goodput) < goals.goodput || median(slower) > goals.slower || median(recovery) > goals.recovery) process.exitCode = 1
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
