import { describe, expect, it } from 'vitest'
import { randomBytes } from '../../src/server/random-pool.ts'

describe('random bytes from a pool', () => {
  it('are as many as were asked for, and never the same twice', () => {
    const seen = new Set<string>()
    for (let round = 0; round < 2000; round++) {
      const bytes = randomBytes(9 + (round % 7))
      expect(bytes).toHaveLength(9 + (round % 7))
      seen.add(Buffer.from(bytes.subarray(0, 9)).toString('hex'))
    }
    expect(seen.size).toBe(2000)
  })

  it('are a copy: who changes theirs changes nobody else’s', () => {
    const mine = randomBytes(16)
    mine.fill(7)
    expect([...randomBytes(16)]).not.toEqual([...mine])
    expect(mine.buffer.byteLength).toBe(16)
  })

  it('may be more than the pool holds', () => {
    const many = randomBytes(10_000)
    expect(many).toHaveLength(10_000)
    expect(many.filter((byte) => byte !== 0).length).toBeGreaterThan(9000)
  })
})
