import { describe, expect, it, vi } from 'vitest'
import { createMonitor } from '../../../src/server/sources/monitor.ts'

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
