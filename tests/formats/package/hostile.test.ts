import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { budgetOf } from '../../../src/formats/file/budget.ts'
import { Refusal } from '../../../src/formats/file/refusal.ts'
import { ofdLimits, openPackage } from '../../../src/formats/package/index.ts'
import { hostilePackages } from '../../fixtures/hostile/index.ts'
import { join, makeZip, type ZipEntry } from '../../fixtures/ofd/index.ts'
import { endless } from '../budget.ts'
import { costOf } from '../cost.ts'

const plain: ZipEntry = { name: 'OFD.xml', data: 'hello '.repeat(50) }
const zeros = (size: number) => new Uint8Array(size)

/** Why a package, or its first entry, is refused; null when both are fine. */
function refusal(file: Uint8Array): string | null {
  try {
    const pack = openPackage(file, ofdLimits, endless)
    for (const entry of pack.entries) pack.read(entry)
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

describe('packages that two readers could see differently are refused', () => {
  test.each(hostilePackages)('%s', (_, code, entries, lies) => {
    expect(refusal(makeZip(entries, lies))).toBe(code)
  })

  test('two entries with the same bytes', () => {
    const inner = makeZip([{ name: 'b', data: 'b', store: true }])
    // The second entry's local header lies inside the stored data of the first.
    const file = makeZip([
      { name: 'a', data: inner, store: true },
      { name: 'b', data: 'b', store: true, offset: 31 },
    ])
    expect(refusal(file)).toBe('package-overlap')
  })

  test('what stands between entries and is no entry is let be: sizes that follow the data, and room for them', () => {
    const between = { ...plain, name: Uint8Array.of(0), data: '', unlisted: true } as const
    const file = makeZip([plain, between, { ...plain, name: 'b' }])
    const at = file.findIndex((_, index) => index > 30 && file[index] === 0x50 && file[index + 2] === 3)
    file.set([0x50, 0x4b, 7, 8], at)
    expect(refusal(file)).toBeNull()
  })

  test('entries that together are too much', () => {
    const whole = zeros(700_000)
    expect(refusal(makeZip(Array.from({ length: 95 }, (_, index) => ({ name: `${index}`, data: whole }))))).toBe('package-limit')
  })

  test('a file above the limit', () => {
    expect(refusal(zeros(20_000_001))).toBe('file-too-large')
  })

  test.each([0, 1, 21, 22, 100])('%i bytes of nothing', (length) => {
    expect(refusal(zeros(length))).toBe('package-broken')
  })
})

test('a refusal comes within 100 ms', () => {
  for (const [what, , entries, lies] of hostilePackages) {
    const file = makeZip(entries, lies)
    expect([what, costOf(() => refusal(file)) < 100]).toEqual([what, true])
  }
})

test('a bomb is stopped at the first byte too many, not unpacked to its end', () => {
  const file = makeZip([{ name: 'a', data: zeros(200_000_000), size: 1_000_000 }])
  const before = process.memoryUsage()
  expect(refusal(file)).toBe('package-size')
  const after = process.memoryUsage()
  expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(32 * 2 ** 20)
})

test('an abort and a deadline stop the unpacking', () => {
  const file = makeZip([{ name: 'a', data: randomBytes(600_000) }])
  const entryOf = (budget: ReturnType<typeof budgetOf>) => {
    const pack = openPackage(file, ofdLimits, budget)
    return () => pack.entries.map((entry) => pack.read(entry))
  }
  expect(entryOf(budgetOf({ signal: AbortSignal.abort() }))).toThrow(expect.objectContaining({ code: 'aborted' }))
  let now = 0
  expect(entryOf(budgetOf({ now: () => now++, deadline: 3 }))).toThrow(expect.objectContaining({ code: 'deadline' }))
})

test('what a truncated or repeated package is refused for is always one of our words', () => {
  const file = makeZip([plain, { ...plain, name: 'b' }])
  for (let length = 0; length < file.length; length++) expect(refusal(file.subarray(0, length))).toMatch(/^(?:package|file)-/)
  expect(refusal(join([file, file]))).toBe('package-prefixed')
})
