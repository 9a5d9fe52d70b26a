import { describe, expect, it } from 'vitest'
import { createLoad, type Readings } from '../../../src/server/admission/load.ts'
import { queryOf } from '../kit/fixtures.ts'
import { testClock } from '../kit/clock.ts'
import { testGateway } from '../kit/gateway.ts'

const calm: Readings = { delayMs: 2, memory: 0.2 }

function loaded(perSecond = 100) {
  const clock = testClock()
  const state = { now: calm }
  const load = createLoad({ clock, readings: () => state.now, perSecond })
  /** Asks evenly for so many seconds. @returns how many were let in; each of them leaves at once. */
  function ask(rate: number, seconds: number): number {
    let entered = 0
    for (let count = 0; count < rate * seconds; count++) {
      if (load.enter()) {
        entered += 1
        load.leave()
      }
      clock.jump(1000 / rate)
    }
    return entered
  }
  return { clock, state, load, ask }
}

describe('load', () => {
  it('while nothing presses everybody is let in, however many come', () => {
    const { ask, load } = loaded()
    expect(ask(1000, 2)).toBe(2000)
    expect([load.pressure(), load.shed()]).toEqual([null, 0])
  })

  it.each([
    ['the loop is late', { ...calm, delayMs: 200 }, 'event-loop'],
    ['the memory is nearly spent', { ...calm, memory: 0.95 }, 'memory'],
  ] as const)('when %s it is the announced rate and no more', (_, readings, reason) => {
    const { ask, state, load } = loaded()
    ask(100, 1)
    state.now = readings
    const entered = ask(1000, 10)
    expect(load.pressure()).toBe(reason)
    expect(entered).toBeGreaterThanOrEqual(950)
    expect(entered).toBeLessThanOrEqual(1170) // until the next look everybody is let in
  })

  it('when too many wait inside, too', () => {
    const { load, clock } = loaded()
    for (let count = 0; count <= 2000; count++) expect(load.enter()).toBe(true)
    clock.jump(100)
    expect(load.pressure()).toBe('queue')
  })

  it('pressure that ends because others are sent away goes on, and ends soon after the flood', () => {
    const { ask, state, load } = loaded()
    state.now = { ...calm, delayMs: 200 }
    ask(1000, 1)
    state.now = calm
    expect(ask(1000, 10)).toBeLessThanOrEqual(1060)
    expect(load.pressure()).not.toBeNull()
    ask(90, 5)
    expect(load.pressure()).toBeNull()
    expect(ask(1000, 1)).toBe(1000)
  })
})

describe('a gateway under pressure', () => {
  it('sends away with times that differ, and still says how it is', async () => {
    const gateway = await testGateway({ env: { PIAOZAI_ADMISSION_PER_SECOND: '1' }, readings: () => ({ delayMs: 500, memory: 0 }) })
    const post = () =>
      gateway.fetch('/api/v1/queries', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ queries: [queryOf(1)] }),
      })
    expect((await post()).status).toBe(200)
    const refused = await Promise.all(Array.from({ length: 30 }, post))
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([503]))
    expect(await refused[0]?.json()).toMatchObject({ code: 'overloaded' })
    const times = new Set(refused.map(({ headers }) => headers.get('Retry-After')))
    expect(times.size).toBeGreaterThan(3)
    for (const path of ['/status.json', '/healthz', '/readyz']) expect((await gateway.fetch(path)).status).toBe(200)
  })

  it('in maintenance takes nothing in and asks nobody, tells it in the status, and what was asked before can be looked up', async () => {
    const gateway = await testGateway({ env: { PIAOZAI_MAINTENANCE: '1' } })
    const body = JSON.stringify({ queries: [queryOf(1)] })
    const refused = await gateway.fetch('/api/v1/queries', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })
    expect([refused.status, Number(refused.headers.get('Retry-After')) >= 300]).toEqual([503, true])
    expect(await refused.json()).toMatchObject({ code: 'maintenance' })
    expect(await (await gateway.fetch('/status.json')).json()).toMatchObject({ mode: 'maintenance' })
    expect((await gateway.fetch('/api/v1/queries/x')).status).toBe(404)
  })
})
