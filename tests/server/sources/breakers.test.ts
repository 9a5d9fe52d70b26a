import { describe, expect, it, onTestFinished } from 'vitest'
import { silentLog } from '../../../src/server/index.ts'
import { systemClock } from '../../../src/server/real.ts'
import { startBreakers } from '../../../src/server/sources/breakers.ts'
import type { Gate } from '../../../src/server/sources/gate.ts'
import { createMonitor, type Monitor } from '../../../src/server/sources/monitor.ts'
import type { Source } from '../../../src/server/sources/source.ts'
import { openSqliteStore } from '../../../src/server/store/sqlite.ts'
import { StoreAway, type Store } from '../../../src/server/store/store.ts'
import { settled, testClock, type TestClock } from '../kit/clock.ts'
import { idOf, queryOf } from '../kit/fixtures.ts'
import { testDirectory, testGateway } from '../kit/gateway.ts'
import { testDatabase } from '../kit/postgres/database.ts'
import { eventually } from '../kit/process.ts'
import { always, down, testSource } from '../kit/source.ts'

const probeMs = 5000
/** Passes by itself: whoever waits for a real database cannot say when. */
const realClock: TestClock = { ...systemClock, pass: settled, leap: settled, jump: () => undefined }

async function sharedStore(): Promise<Store> {
  const store = await openSqliteStore(':memory:')
  onTestFinished(() => store.close())
  return store
}

/** Gateways on one store, each with its own way to the one source. */
async function gateways(count: number) {
  const clock = testClock()
  const store = await sharedStore()
  const data = testDirectory()
  const start = async (seed: number) => {
    const source = testSource(down)
    return { source, ...(await testGateway({ sources: [source], store, clock, data, seed })) }
  }
  const all = await Promise.all(Array.from({ length: count }, (_, index) => start(index + 1)))
  return { clock, store, all, another: () => start(count + 1) }
}

describe('gateways on one store', () => {
  it('learn from one that the source is down, and park without asking', async () => {
    const { clock, all } = await gateways(2)
    const [first, second] = all
    await first!.postOne(queryOf(1))
    await clock.pass(1500)
    expect(await second!.postOne(queryOf(2))).toMatchObject({ state: 'parked', reason: 'source-down' })
    expect(second!.source.asked).toHaveLength(0)
    const status = (await (await second!.fetch('/api/v1/status')).json()) as { components: { id: string; state: string }[] }
    expect(status.components.find(({ id }) => id === 'simulated')?.state).toBe('down')
  })

  it('ask all together as often as one does, in turn, and the answer to the last one is everybody’s', async () => {
    const { clock, all } = await gateways(3)
    const asked = () => all.map(({ source }) => source.asked.length)
    for (let count = 1; count <= 30; count++) await all[count % 3]!.postOne(queryOf(count))
    const before = asked()
    await clock.pass(60_000)
    const tries = asked().map((one, index) => one - before[index]!)
    const sum = tries.reduce((a, b) => a + b)
    expect(sum).toBeGreaterThanOrEqual(11)
    expect(sum).toBeLessThanOrEqual(16)
    expect(Math.min(...tries)).toBeGreaterThan(1)

    for (const { source } of all) source.says = always('ok')
    await clock.pass(7000)
    const states = await Promise.all(all.map(async (one, index) => (await one.summary(idOf(index + 1))).state))
    expect(states).toEqual(['answered', 'answered', 'answered'])
    const posted = all.map((one, index) => one.postOne(queryOf(50 + index)))
    await settled()
    expect(await Promise.all(posted)).toMatchObject([{ state: 'answered' }, { state: 'answered' }, { state: 'answered' }])
    expect(asked().reduce((a, b) => a + b)).toBe(before.reduce((a, b) => a + b) + sum + 30 + 3)
  })

  it('go on when the one that tried is gone', async () => {
    const { clock, all } = await gateways(2)
    const [first, second] = all
    await first!.postOne(queryOf(1))
    await clock.pass(11_000)
    await first!.gateway.stop()
    second!.source.says = always('ok')
    await clock.pass(probeMs + 1000)
    expect(await second!.summary(idOf(1))).toMatchObject({ state: 'answered' })
  })

  it('are not dragged down by one whose network is broken, and ask its questions for it', async () => {
    const { clock, all } = await gateways(2)
    const [healthy, broken] = all
    healthy!.source.says = always('ok')
    for (let count = 1; count <= 60; count++) {
      await broken!.postOne(queryOf(count))
      await clock.pass(1000)
    }
    const states = await Promise.all(Array.from({ length: 50 }, async (_, index) => (await healthy!.summary(idOf(index + 1))).state))
    expect(new Set(states)).toEqual(new Set(['answered']))
    const posted = healthy!.postOne(queryOf(100))
    await settled()
    expect(await posted).toMatchObject({ state: 'answered' })
    expect(broken!.source.asked.length).toBeLessThanOrEqual(20)
  })

  it('stop asking when one of them finds that the operator must act; one that starts later is the repair', async () => {
    const { clock, all, another } = await gateways(2)
    const [first, second] = all
    first!.source.says = always('operator-fault')
    await first!.postOne(queryOf(1))
    await clock.pass(2000)
    second!.source.says = always('ok')
    await second!.postOne(queryOf(2))
    await clock.pass(60_000)
    expect([first!.source.asked.length, second!.source.asked.length]).toEqual([1, 0])
    const third = await another()
    third.source.says = always('ok')
    await clock.pass(6000)
    expect(await third.summary(idOf(2))).toMatchObject({ state: 'answered' })
  })

  it('whose clocks differ by minutes hear the same', async () => {
    const store = await sharedStore()
    const data = testDirectory()
    const clock = testClock()
    const late: TestClock = { ...clock, now: () => clock.now() - 45_000 }
    const [one, two] = [testSource(down), testSource(down)]
    const first = await testGateway({ sources: [one], store, clock, data, seed: 1 })
    const second = await testGateway({ sources: [two], store, clock: late, data, seed: 2 })
    await first.postOne(queryOf(1))
    await clock.pass(1500)
    await second.postOne(queryOf(2))
    expect(two.asked).toHaveLength(0)
    await clock.pass(60_000)
    expect(one.asked.length + two.asked.length).toBeLessThanOrEqual(17)
    two.says = always('ok')
    await clock.pass(12_000)
    const posted = first.postOne(queryOf(3))
    one.says = always('ok')
    await settled()
    expect(await posted).toMatchObject({ state: 'answered' })
  })
})

describe('gateways on one PostgreSQL', () => {
  it('learn from each other that the source is down, and that it is back', { timeout: 60_000 }, async () => {
    const env = { PIAOZAI_DATABASE_URL: await testDatabase(), PIAOZAI_KEYS: 'A'.repeat(43), PIAOZAI_PROBE_SECONDS: '1' }
    const [here, there] = [testSource(down), testSource(down)]
    const start = (source: Source, seed: number) => testGateway({ sources: [source], env, clock: realClock, seed })
    const [first, second] = await Promise.all([start(here, 1), start(there, 2)])
    const stateAtSecond = async () => {
      const status = (await (await second.fetch('/api/v1/status')).json()) as { components: { id: string; state: string }[] }
      return status.components.find(({ id }) => id === 'simulated')?.state
    }
    expect(await stateAtSecond()).toBe('unknown')
    await first.postOne(queryOf(1))
    await eventually(async () => (await stateAtSecond()) === 'down')
    here.says = always('ok')
    await eventually(async () => (await second.summary(idOf(1))).state === 'answered')
    // From its own place the second one has never seen the source work.
    await eventually(async () => (await stateAtSecond()) === 'up')
  })
})

/** The monitors of one source at two gateways, each with its own way to the store. */
function twoSides(clock: TestClock, stores: readonly [Store, Store], source: Source = testSource(down)): [Monitor, Monitor] {
  const side = (store: Store, gateway: string) => {
    const tell = () => breakers.tell()
    const monitor = createMonitor(probeMs, () => undefined, tell)
    const gates = [{ source, monitor } as unknown as Gate]
    const breakers = startBreakers({ store, gates, gateway, clock, log: silentLog(), probeMs })
    onTestFinished(() => breakers.stop())
    return monitor
  }
  return [side(stores[0], 'here'), side(stores[1], 'there')]
}

describe('a call that takes long and fails', () => {
  it.each([
    ['is believed by those whose last call worked before it began', 6000, 'down'],
    ['is not by those whose call has worked meanwhile', 2000, 'up'],
  ])('%s', async (_, workedAgo, state) => {
    const clock = testClock()
    const store = await sharedStore()
    const [here, there] = twoSides(clock, [store, store])
    await clock.pass(1500)
    there.worked(clock.now(), 10)
    await clock.pass(workedAgo)
    here.failed(clock.now(), clock.now() - 4000)
    await clock.pass(1500)
    expect([here.health().state, there.health().state]).toEqual(['down', state])
  })
})

it('what a gateway asks of itself is its own affair', async () => {
  const clock = testClock()
  const store = await sharedStore()
  const own = { ...testSource(down, 'registry', 'registry'), metered: false }
  const [here, there] = twoSides(clock, [store, store], own)
  await clock.pass(1500)
  here.failed(clock.now(), clock.now())
  await clock.pass(1500)
  expect([await store.words(), there.health().state]).toEqual([[], 'unknown'])
})

describe('while the store is away', () => {
  it('each goes on alone, and tells and hears everything when it is back', async () => {
    const clock = testClock()
    const store = await sharedStore()
    let isAway = false
    const reached = <Rest extends unknown[], T>(work: (...rest: Rest) => Promise<T>) => {
      return (...rest: Rest) => (isAway ? Promise.reject(new StoreAway('away')) : work(...rest))
    }
    const [here, there] = twoSides(clock, [{ ...store, tell: reached(store.tell), words: reached(store.words) }, store])
    await clock.pass(2000)
    isAway = true
    here.failed(clock.now(), clock.now() - 100)
    await clock.pass(10_000)
    expect([here.health().state, there.health().state]).toEqual(['down', 'unknown'])
    isAway = false
    await clock.pass(2000)
    expect(there.health().state).toBe('down')
    isAway = true
    there.worked(clock.now(), 10)
    await clock.pass(10_000)
    expect(here.health().state).toBe('down')
    isAway = false
    await clock.pass(2000)
    expect(here.health().state).toBe('up')
  })
})
