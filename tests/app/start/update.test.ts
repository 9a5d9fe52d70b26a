import { describe, expect, it, vi } from 'vitest'
import { createUpdate } from '../../../src/app/start/update.ts'

function tab() {
  const reload = vi.fn()
  const activate = vi.fn()
  return { reload, activate, update: createUpdate(reload) }
}

describe('a newer version', () => {
  it('is offered, and taken only after a tap', () => {
    const { update, activate, reload } = tab()
    update.offer(activate)
    expect(update.available.value).toBe(true)
    expect(activate).not.toHaveBeenCalled()
    update.apply()
    expect(activate).toHaveBeenCalledOnce()
    expect(reload).not.toHaveBeenCalled()
    update.tookOver()
    expect(reload).toHaveBeenCalledOnce()
  })

  it('taken in another tab does not reload this one, but is offered here', () => {
    const { update, reload } = tab()
    update.tookOver()
    expect(reload).not.toHaveBeenCalled()
    expect(update.available.value).toBe(true)
    update.apply()
    expect(reload).toHaveBeenCalledOnce()
  })
})
