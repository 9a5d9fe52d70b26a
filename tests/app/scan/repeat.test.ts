import { describe, expect, it } from 'vitest'
import { createRepeatGuard } from '../../../src/app/scan/repeat.ts'

describe('the same code before the camera', () => {
  it('is taken once for as long as it stays in sight', () => {
    let now = 0
    const guard = createRepeatGuard(() => now)
    expect(guard.isNew('a')).toBe(true)
    for (; now < 60_000; now += 500) expect(guard.isNew('a')).toBe(false)
  })

  it('is looked at again when it comes back, and another one at once', () => {
    let now = 0
    const guard = createRepeatGuard(() => now)
    guard.isNew('a')
    expect(guard.isNew('b')).toBe(true)
    now = 4001
    expect(guard.isNew('a')).toBe(true)
  })

  it('does not stay known for ever when the clock is set back', () => {
    let now = 100_000_000
    const guard = createRepeatGuard(() => now)
    guard.isNew('a')
    now = 0
    expect(guard.isNew('a')).toBe(true)
  })
})
