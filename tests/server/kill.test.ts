import { describe, expect, it } from 'vitest'
import { idOf, numberOf, queryOf } from './kit/fixtures.ts'
import { eventually, gatewayProcess, preparedProcess, type GatewayProcess } from './kit/process.ts'
import { invoiceHashOf, postgresRehearsal, sqliteRehearsal, type Rehearsal } from './kit/rehearsal.ts'

const range = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index)

const isLong = Boolean(process.env['PIAOZAI_TEST_LONG'])
/** Kills on each engine. */
const killsOf = isLong ? { sqlite: 200, postgres: 200 } : { sqlite: 12, postgres: 8 }
/** A question whose gateway could not say how it ended is asked again once its lease ends: a minute, and a slow machine's time to ask. */
const idleMs = 150_000
/** New questions before each kill. */
const perKill = 12

/**
 * Gateways are killed and started again, in turn, while questions come in (every gateway is sent all of them, each twice under two ids) or are
 * drained after an outage; then what the devices were told, what the authority was asked and what is stored must agree.
 */
async function killing({ env, set, calls, count, rows }: Rehearsal, kills: number, gateways: number): Promise<void> {
  const invoices = perKill * kills
  const acknowledged = new Set<string>()
  const running: GatewayProcess[] = await Promise.all(range(0, gateways).map((one) => gatewayProcess(env(one))))
  const asked = () => calls().filter(({ mode }) => mode === 'up')
  const isIdle = async () => (await count('select count(*) from questions')) === 0

  for (let kill = 0; kill < kills; kill++) {
    const victim = kill % gateways
    const next = await preparedProcess(env(victim))
    const isDrain = kill % 3 === 2
    // A question that fails while others are answered is left alone for a while: an outage begins when nothing is under way.
    if (isDrain) await eventually(isIdle, idleMs)
    set(isDrain ? { mode: 'down' } : { mode: 'up', delayMs: 15 })
    const before = asked().length
    const posts = range(kill * perKill, perKill).flatMap((one) =>
      [queryOf(one), queryOf(one, { id: idOf(one + invoices) })].flatMap((query) =>
        running.map(async (gateway) => {
          const results = await gateway.post([query]).catch(() => [])
          for (const { id } of results) acknowledged.add(id)
        }),
      ),
    )
    if (isDrain) {
      await Promise.all(posts)
      set({ mode: 'up', delayMs: 15 })
    }
    // A gateway asks ten at a time: this is before, in and after the first wave, or when some have been told.
    const told = acknowledged.size
    const enough = kill % perKill
    await eventually(() => (kill % 2 === 0 ? asked().length - before >= enough : acknowledged.size - told >= enough || isDrain))
    await running[victim]?.kill()
    const sent = asked()
    expect(await notCharged(sent.map(({ number }) => number))).toEqual([])
    running[victim] = await next()
    await Promise.all(posts)
  }

  set({ mode: 'up' })
  await eventually(isIdle, idleMs)
  const last = running[0]
  const states: (string | undefined)[] = []
  const ids = [...acknowledged]
  for (let from = 0; from < ids.length; from += 50) {
    const found = await last?.summaries(ids.slice(from, from + 50))
    states.push(...(found ?? []).map(({ state, ...more }) => ('verdict' in more ? more.verdict : state)))
  }
  await Promise.all(running.map((one) => one.stop()))

  expect(acknowledged.size).toBeGreaterThan(perKill)
  expect(states).toHaveLength(acknowledged.size)
  expect(new Set(states)).toEqual(new Set(['confirmed']))
  expect(await count('select count(*) from queries where answer is null')).toBe(0)
  expect(await count('select count(*) from answers')).toBe(await count('select count(distinct question) from queries'))
  const cutOff = await count('select count(*) from calls where outcome is null')
  const numbers = asked().map(({ number }) => number)
  expect(cutOff).toBeGreaterThan(0)
  expect(numbers.length).toBeLessThanOrEqual(new Set(numbers).size + cutOff)

  /** The questions that the authority was sent more often than they have been charged. */
  async function notCharged(sent: readonly string[]): Promise<string[]> {
    const charged = new Map(
      (await rows<{ invoice: string; count: number }>('select invoice, count(*) as count from calls group by invoice')).map((row) => [
        row.invoice,
        Number(row.count),
      ]),
    )
    return range(0, invoices)
      .map((one) => ({ number: numberOf(one), paid: charged.get(invoiceHashOf(one)) ?? 0 }))
      .filter(({ number, paid }) => sent.filter((one) => one === number).length > paid)
      .map(({ number }) => number)
  }
}

describe('kill -9 of the gateway', { timeout: isLong ? 3_600_000 : 400_000 }, () => {
  it('loses no parked query: after a new start and the return of the authority each is asked once and answered', async () => {
    const { set, calls, env, count } = sqliteRehearsal(40)
    set({ mode: 'down' })
    const first = await gatewayProcess(env())
    const results = await first.post(range(0, 40).map((one) => queryOf(one)))
    expect(new Set(results.map((one) => one.state === 'parked' && one.reason))).toEqual(new Set(['source-down']))
    await first.kill()

    const second = await gatewayProcess(env())
    await second.kill()
    set({ mode: 'up' })
    const third = await gatewayProcess(env())
    const ids = range(0, 40).map(idOf)
    await eventually(async () => (await third.summaries(ids)).every((one) => one.state === 'answered'))
    const asked = calls().filter((call) => call.mode === 'up')
    expect(asked.map((call) => call.number).sort()).toEqual(range(0, 40).map(numberOf).sort())
    const again = await third.post(range(0, 40).map((one) => queryOf(one)))
    expect(again.every((one) => one.state === 'answered' && one.answer.verdict === 'confirmed')).toBe(true)
    expect(await third.stop()).toBe(0)
    expect(await count('select count(*) from answers')).toBe(40)
  })

  const promise =
    'leaves one stored answer per acknowledged query; each call is charged before it is sent, and only kills explain a second one'
  it(`at any moment of asking and draining, on SQLite, ${promise}`, () =>
    killing(sqliteRehearsal(perKill * killsOf.sqlite), killsOf.sqlite, 1))
  it(`at any moment, two racing on one PostgreSQL, ${promise}`, async () =>
    killing(await postgresRehearsal(perKill * killsOf.postgres), killsOf.postgres, 2))

  it('a graceful stop answers what is under way', async () => {
    const { set, env } = sqliteRehearsal(3)
    set({ mode: 'up', delayMs: 700 })
    const gateway = await gatewayProcess(env())
    const posted = gateway.post([queryOf(1)])
    await new Promise((resolve) => setTimeout(resolve, 300))
    const stopped = gateway.stop()
    expect(await posted).toMatchObject([{ state: 'answered', answer: { verdict: 'confirmed' } }])
    expect(await stopped).toBe(0)
  })

  it('an authority that does not answer is waited for less than five seconds', async () => {
    const { set, env } = sqliteRehearsal(1)
    set({ mode: 'slow' })
    const gateway = await gatewayProcess(env())
    const begun = Date.now()
    expect(await gateway.post([queryOf(1), queryOf(2)])).toMatchObject([{ state: 'parked' }, { state: 'parked' }])
    expect(Date.now() - begun).toBeLessThan(5000)
  })
})
