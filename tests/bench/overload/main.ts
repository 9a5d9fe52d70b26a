/**
 * `piaozai bench overload` (R11): a gateway that announces a rate gets that rate, then ten times as much, then that rate again; requests come at
 * their time whether or not earlier ones were answered. Goodput under overload beside the announced rate (goal ≥ 0.95), the 99th percentile of
 * those who are let in beside that of before (goal ≤ 2, the first seconds apart, in which the gateway notices), and the seconds after the flood
 * until everybody is answered again as before (goal ≤ 30).
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importRegistry } from '../../../src/server/index.ts'
import { csvOf, idOf, queryOf, rowOf } from '../../server/kit/fixtures.ts'
import { startChild } from '../child.ts'
import { openConnection, postOf, type Connection } from '../connection.ts'

const invoices = 20_000
const connections = 200
const seconds = { before: 6, flood: 10, after: 32 } as const
/** Seconds of the flood in which the gateway notices it. */
const noticing = 2
/** The share of what the gateway can do at most that it announces: the rest is for sending others away. */
const announcedShare = 0.25
const goals = { goodput: 0.95, slower: 2, recovery: 30 } as const

interface Outcome {
  /** Second of the phase in which it was to be sent. */
  readonly second: number
  readonly status: number
  /** Milliseconds from when it was to be sent. */
  readonly ms: number
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
  await withGateway(rate, async (pool) => {
    const before = await offer(pool, rate, seconds.before)
    const flood = await offer(pool, rate * 10, seconds.flood)
    const after = await offer(pool, rate, seconds.after)
    tell(rate, before, flood, after)
  })
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

async function withGateway<T>(perSecond: number, work: (pool: Connection[]) => Promise<T>): Promise<T> {
  const env = { PIAOZAI_DATA: folder, PIAOZAI_ADMISSION_PER_SECOND: String(perSecond) }
  const gateway = await startChild(join(import.meta.dirname, '../gateway.ts'), [], env)
  try {
    const pool = await Promise.all(Array.from({ length: connections }, () => openConnection(gateway.port)))
    return await work(pool)
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

/** Sends `rate` requests a second for so long, each at its time or as soon after it as a connection is free. */
async function offer(pool: readonly Connection[], rate: number, forSeconds: number): Promise<Outcome[]> {
  const begun = performance.now()
  const outcomes: Outcome[] = []
  let sent = 0
  await Promise.all(
    pool.map(async (connection) => {
      for (;;) {
        const mine = sent++
        if (mine >= rate * forSeconds) return
        const due = begun + (mine * 1000) / rate
        const early = due - performance.now()
        if (early > 0) await new Promise((resolve) => setTimeout(resolve, early))
        // What could not be sent in its phase was never offered.
        else if (performance.now() > begun + forSeconds * 1000) return
        const status = await connection.send(nextRequest())
        outcomes.push({ second: Math.floor(mine / rate), status, ms: performance.now() - due })
      }
    }),
  )
  return outcomes
}

function p99(outcomes: readonly Outcome[]): number {
  const times = outcomes.map(({ ms }) => ms).sort((a, b) => a - b)
  return times[Math.floor((times.length - 1) * 0.99)] ?? Number.NaN
}

function tell(rate: number, before: readonly Outcome[], flood: readonly Outcome[], after: readonly Outcome[]): void {
  const admitted = (of: readonly Outcome[]) => of.filter(({ status }) => status === 200)
  const steady = flood.filter(({ second }) => second >= noticing)
  const goodput = admitted(steady).length / (seconds.flood - noticing)
  const unloaded = p99(admitted(before))
  const loaded = p99(admitted(steady))
  const isWell = (second: number) => {
    const mine = after.filter((one) => one.second === second)
    return mine.length > 0 && admitted(mine).length >= 0.95 * mine.length && p99(mine) <= goals.slower * unloaded
  }
  const recovery = Array.from({ length: seconds.after }, (_, second) => second).find(isWell) ?? Number.POSITIVE_INFINITY
  const offered = steady.length / (seconds.flood - noticing)
  const line = (metric: string, value: number, unit: string, name: string, base: number, ratio: number) =>
    console.log(
      JSON.stringify({
        bench: 'overload',
        metric,
        value: round(value),
        unit,
        baseline: { name, value: round(base) },
        ratio: round(ratio),
        rounds: 1,
      }),
    )
  line('goodput at 10 ×', goodput, 'answers/s', 'announced', rate, goodput / rate)
  line('p99 of admitted at 10 ×', loaded, 'ms', 'p99 at 1 ×', unloaded, loaded / unloaded)
  line('recovery', recovery, 's', 'goal', goals.recovery, recovery / goals.recovery)
  console.error(
    `offered ${Math.round(offered)}/s: goodput ${Math.round(goodput)}/s of ${rate}, p99 ${round(loaded)} ms (${round(unloaded)} before), well again after ${recovery} s`,
  )
  if (goodput / rate < goals.goodput || loaded / unloaded > goals.slower || recovery > goals.recovery) process.exitCode = 1
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
