/**
 * `piaozai bench lookup`: the state of a query by its id from a whole gateway (rates, admission, audit, headers), beside the same prepared
 * statement behind bare node:http, on SQLite and on PostgreSQL. Interleaved; the ratio of requests a second, goal at least 0.85.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { databaseFile, openStore } from '../../../src/server/store/open.ts'
import { idOf } from '../../server/kit/fixtures.ts'
import { startOwnPostgres } from '../../server/kit/postgres/server.ts'
import { startChild } from '../child.ts'
import { getOf, openConnection, type Connection } from '../connection.ts'
import { bandOf, median } from '../statistics.ts'

const rounds = 15
const roundMs = 1000
const warmUp = 60_000
const width = 32
const rows = 10_000
const goal = 0.85
const now = Date.parse('2026-11-24T02:00:00Z')

const folder = mkdtempSync(join(tmpdir(), 'piaozai-lookup-'))
const server = await startOwnPostgres(process.env)
const ends: (() => Promise<unknown> | void)[] = [() => server.stop(), () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })]
try {
  await measure('sqlite', { PIAOZAI_DATA: folder }, databaseFile({ data: folder }))
  await measure('postgres', { PIAOZAI_DATA: folder, PIAOZAI_DATABASE_URL: server.url }, server.url)
} finally {
  for (const end of ends) await end()
}

async function measure(engine: string, env: Readonly<Record<string, string>>, where: string): Promise<void> {
  await fill({ data: folder, databaseUrl: env['PIAOZAI_DATABASE_URL'] ?? null })
  const bench = join(import.meta.dirname, '..')
  const ours = await startChild(join(bench, 'gateway.ts'), [], { ...env, PIAOZAI_ADMISSION_PER_SECOND: '100000' })
  const bare = await startChild(join(bench, 'lookup/bare.ts'), [where])
  try {
    const pools = await Promise.all([ours, bare].map(({ port }) => Promise.all(Array.from({ length: width }, () => openConnection(port)))))
    const [first, second] = await Promise.all(pools.map(([one]) => bodyOf(one!)))
    if (first !== second) throw new Error(`they do not say the same: ${first} and ${second}`)
    const rates: [number[], number[]] = [[], []]
    /** Answers for each second of CPU: the same figure on a machine that has other work. */
    const frugal: [number[], number[]] = [[], []]
    // Until the compiler has done its work both are slow, and not by the same factor.
    for (let warm = 0; warm < warmUp;) for (const pool of pools) warm += (await rateOf(pool)).count
    for (let round = 0; round < rounds; round++) {
      for (const which of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
        const child = [ours, bare][which]!
        const before = child.cpuMs()
        const { count, rate } = await rateOf(pools[which]!)
        const used = child.cpuMs()
        rates[which].push(rate)
        if (before !== null && used !== null) frugal[which].push((count * 1000) / Math.max(10, used - before))
      }
    }
    for (const one of pools.flat()) one.close()
    tell(engine, 'requests/s', rates)
    if (frugal[0].length > 0) tell(`${engine}, for each second of CPU`, 'requests/CPU s', frugal)
  } finally {
    await Promise.all([ours.stop(), bare.stop()])
  }
}

async function bodyOf(connection: Connection): Promise<string> {
  await connection.send(getOf(`/api/v1/queries/${idOf(7)}`))
  return connection.body()
}

/** Answers a second, each connection with one request at a time. */
async function rateOf(connections: readonly Connection[]): Promise<{ count: number; rate: number }> {
  const begun = performance.now()
  let count = 0
  let next = 0
  await Promise.all(
    connections.map(async (connection) => {
      while (performance.now() - begun < roundMs) {
        const status = await connection.send(getOf(`/api/v1/queries/${idOf((next += 7919) % rows)}`))
        if (status !== 200) throw new Error(`a look-up was answered with ${status}`)
        count += 1
      }
    }),
  )
  return { count, rate: (count * 1000) / (performance.now() - begun) }
}

function tell(metric: string, unit: string, [ours, bare]: readonly [readonly number[], readonly number[]]): void {
  const ratios = ours.map((one, round) => one / bare[round]!)
  const ratio = Math.round(median(ratios) * 1000) / 1000
  const whole = (value: number) => Math.round(value)
  const baseline = { name: `the same statement behind bare node:http`, value: whole(median(bare)) }
  const figure = { bench: 'lookup', metric, value: whole(median(ours)), unit, baseline, ratio }
  console.log(JSON.stringify({ ...figure, band: bandOf(ratios).map((one) => Math.round(one * 1000) / 1000), rounds }))
  console.error(`${metric}: ${figure.value} ${unit}, bare ${baseline.value}: ${ratio} (goal ≥ ${goal})`)
  if (ratio < goal) process.exitCode = 1
}

async function fill(config: Parameters<typeof openStore>[0]): Promise<void> {
  const store = await openStore(config)
  const numbers = Array.from({ length: rows }, (_, index) => index)
  for (let from = 0; from < rows; from += 500) {
    const part = numbers.slice(from, from + 500)
    await store.admit(
      part.map((one) => ({
        ...{ id: idOf(one), question: `question-${one}`, invoice: `invoice-${one}`, elements: Buffer.alloc(200), ticket: `ticket-${one}` },
        ...{ receivedAt: now, reuseSince: now, leaseUntil: now, turn: now, by: { device: `device-${one}`, network: `network-${one}` } },
        sender: Buffer.alloc(116),
      })),
    )
    const sealed = Buffer.alloc(600)
    const answerOf = (one: number) => ({ id: `answer-${one}`, verdict: 'confirmed', sealed, asOf: now, answeredAt: now }) as const
    const ending = (one: number) => ({
      at: now,
      answered: [idOf(one)],
      answer: answerOf(one),
      refused: [],
      tallies: new Map<string, never>(),
    })
    await Promise.all(part.map((one) => store.settle(`question-${one}`, ending(one), [])))
  }
  await store.close()
}
