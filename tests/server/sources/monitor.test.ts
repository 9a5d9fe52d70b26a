import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { createMonitor, type Monitor, type News } from '../../../src/server/sources/monitor.ts'

const probeMs = 5000
const day = 86_400_000

describe('the monitor of a source', () => {
  it('lets everybody in until the source fails, then one per interval', () => {
    const monitor = createMonitor(probeMs, () => undefined)
    expect([monitor.enter(0), monitor.enter(0)]).toEqual([true, true])
    monitor.failed(100, 0)
    expect([100, 5099, 5100, 5101, 10_100].map((now) => monitor.enter(now))).toEqual([false, false, true, false, true])
  })

  it('says once that the source has recovered', () => {
    const recovered = vi.fn()
    const monitor = createMonitor(probeMs, recovered)
    monitor.worked(1, 1)
    expect(recovered).not.toHaveBeenCalled()
    monitor.failed(3, 2)
    monitor.worked(4, 1)
    monitor.worked(5, 1)
    expect(recovered).toHaveBeenCalledOnce()
    expect(monitor.health()).toEqual({ state: 'up', since: 4, latencyMs: 1 })
  })

  it('does not blame the source for a call that failed while others worked', () => {
    const monitor = createMonitor(probeMs, () => undefined)
    monitor.worked(50, 1)
    monitor.failed(4000, 0)
    expect(monitor.health().state).toBe('up')
    monitor.failed(8000, 4000)
    expect(monitor.health()).toMatchObject({ state: 'down', since: 8000 })
  })

  it('waits no longer than an interval when the clock is set back or forth', () => {
    for (const jump of [-day, day]) {
      const monitor = createMonitor(probeMs, () => undefined)
      monitor.failed(day, day)
      expect(monitor.enter(day + jump)).toBe(true)
    }
  })

  it('never lets anybody in again once the operator must act', () => {
    const monitor = createMonitor(probeMs, () => undefined)
    monitor.stop(0)
    monitor.worked(1, 1)
    expect([monitor.enter(day), monitor.health().state]).toEqual([false, 'stopped'])
  })
})

describe('what other gateways say', () => {
  const graceMs = 1000
  const says = (state: News['state'], at: number, more: Partial<News> = {}): News => ({
    state,
    isChange: true,
    toldAt: at,
    begunAt: at - 100,
    ...more,
  })
  const repeats = (at: number) => says('down', at, { isChange: false })

  it('is believed: the source is down, and is tried an interval after the other one did', () => {
    const monitor = createMonitor(probeMs, () => undefined)
    monitor.heard(700, says('down', 0))
    expect(monitor.health()).toEqual({ state: 'down', since: 700, latencyMs: null })
    expect([monitor.mayEnter(4999), monitor.untilTurn(4000), monitor.enter(5000), monitor.enter(5001)]).toEqual([false, 1000, true, false])
  })

  it('is not believed by whoever has asked successfully since the call of the other one began: its network is broken', () => {
    const monitor = createMonitor(probeMs, () => undefined)
    monitor.worked(950, 50)
    for (const state of ['down', 'stopped'] as const) monitor.heard(1500, says(state, 1000))
    expect(monitor.health().state).toBe('up')
    monitor.heard(1500, says('down', 1100))
    expect(monitor.health().state).toBe('down')
  })

  it('is not believed twice: whoever was contradicted by a call that worked has to see the source working first', () => {
    const [healthy, broken] = [createMonitor(probeMs, () => undefined), createMonitor(probeMs, () => undefined)]
    const word = () => broken.word()!
    broken.failed(100, 0)
    healthy.heard(100, says('down', 100))
    healthy.worked(5100, 10)
    const seen = word().revision
    broken.heard(5200, says('up', 5150))
    broken.failed(20_000, 19_990)
    expect([word().state, word().revision > seen, word().changed > seen]).toEqual(['down', true, false])
    healthy.heard(20_100, repeats(20_000))
    expect(healthy.health().state).toBe('up')
  })

  it('that it works again wakes whoever waits, and lets everybody in', () => {
    const recovered = vi.fn()
    const monitor = createMonitor(probeMs, recovered)
    monitor.failed(100, 0)
    monitor.heard(300, says('up', 200))
    monitor.heard(301, says('up', 200))
    expect(recovered).toHaveBeenCalledOnce()
    expect([monitor.health().state, monitor.enter(302), monitor.enter(302)]).toEqual(['up', true, true])
  })

  it('that the operator must act stops it here, too', () => {
    const monitor = createMonitor(probeMs, () => undefined)
    monitor.heard(300, says('stopped', 200))
    monitor.heard(400, says('up', 300))
    expect([monitor.health().state, monitor.enter(day)]).toEqual(['stopped', false])
  })

  it('puts off the own turn while another one tries, and lets it go first the next time', () => {
    const monitor = createMonitor(probeMs, () => undefined)
    monitor.failed(0, 0)
    monitor.heard(1000, repeats(900))
    expect([monitor.mayEnter(5000), monitor.mayEnter(5899), monitor.enter(5900)]).toEqual([false, false, true])
    expect([monitor.mayEnter(5900 + probeMs), monitor.mayEnter(5900 + probeMs + graceMs)]).toEqual([false, true])
  })

  it('is not waited for once the others are silent', () => {
    const monitor = createMonitor(probeMs, () => undefined)
    monitor.failed(0, 0)
    monitor.heard(1000, repeats(900))
    expect(monitor.enter(15_000)).toBe(true)
    expect([monitor.mayEnter(19_999), monitor.mayEnter(20_000)]).toEqual([false, true])
  })

  it('is told what is known by own calls alone: another state as a change, each turn while it is down besides', () => {
    const told = vi.fn()
    const monitor = createMonitor(probeMs, () => undefined, told)
    const word = () => [monitor.word()?.state, monitor.word()?.revision, monitor.word()?.changed]
    monitor.heard(0, says('down', 0))
    expect([monitor.word(), told.mock.calls.length]).toEqual([null, 0])
    monitor.enter(5000)
    expect(word()).toEqual(['unknown', 1, 0])
    monitor.worked(5200, 100)
    expect([...word(), monitor.word()?.begunAt]).toEqual(['up', 2, 2, 5100])
    monitor.worked(5300, 100)
    monitor.failed(6000, 5900)
    monitor.enter(12_000)
    expect(word()).toEqual(['down', 4, 3])
    monitor.stop(12_001)
    expect(word()).toEqual(['stopped', 5, 5])
    expect(told).toHaveBeenCalledTimes(5)
  })

  type Step = (monitor: Monitor, now: number) => void
  const age = fc.nat({ max: 20_000 })
  const news = fc
    .tuple(fc.constantFrom<News['state']>('unknown', 'up', 'down', 'stopped'), fc.boolean(), age, age)
    .map(([state, isChange, toldAgo, took]): Step => {
      return (monitor, now) => monitor.heard(now, { state, isChange, toldAt: now - toldAgo, begunAt: now - toldAgo - took })
    })
  const own = fc.oneof(
    age.map(
      (took): Step =>
        (monitor, now) =>
          monitor.worked(now, took),
    ),
    age.map(
      (took): Step =>
        (monitor, now) =>
          monitor.failed(now, now - took),
    ),
    fc.constant<Step>((monitor, now) => void monitor.enter(now)),
    fc.constant<Step>((monitor, now) => monitor.stop(now)),
  )
  const steps = fc.array(fc.tuple(fc.integer({ min: -20_000, max: 20_000 }), fc.oneof(own, news)), { maxLength: 60 })

  it('in any order, with any clock, never starts what is stopped, never lets two in while it is down, and never puts off a turn for long', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const monitor = createMonitor(probeMs, () => undefined)
        let now = 1e6
        let wasStopped = false
        for (const [passed, step] of all) {
          now += passed
          step(monitor, now)
          const { state } = monitor.health()
          if (wasStopped) expect(state).toBe('stopped')
          wasStopped = state === 'stopped'
          expect(monitor.untilTurn(now)).toBeLessThanOrEqual(probeMs + graceMs)
          expect(monitor.mayEnter(now) || monitor.mayEnter(now + probeMs + graceMs)).toBe(!wasStopped)
        }
        const isDown = monitor.health().state === 'down'
        const turn = now + monitor.untilTurn(now)
        expect([monitor.enter(turn), monitor.enter(turn)]).toEqual([!wasStopped, !wasStopped && !isDown])
      }),
    )
  })

  it('whatever is only repeated never brings a source down', () => {
    fc.assert(
      fc.property(fc.array(age, { maxLength: 20 }), (ages) => {
        const monitor = createMonitor(probeMs, () => undefined)
        monitor.worked(0, 1)
        for (const ago of ages) monitor.heard(1e5, { state: 'down', isChange: false, toldAt: 1e5 - ago, begunAt: 1e5 - ago })
        expect(monitor.health().state).toBe('up')
      }),
    )
  })
})
