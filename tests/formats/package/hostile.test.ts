import { describe, expect, test } from 'vitest'
import { budgetOf } from '../../../src/formats/file/budget.ts'
import { Refusal } from '../../../src/formats/file/refusal.ts'
import { ofdLimits, openPackage } from '../../../src/formats/package/index.ts'
import { join, makeZip, type ZipEntry, type ZipLies } from '../../fixtures/ofd/index.ts'
import { endless } from '../budget.ts'
import { costOf } from '../cost.ts'

const plain: ZipEntry = { name: 'OFD.xml', data: 'hello '.repeat(50) }
const zeros = (size: number) => new Uint8Array(size)
const bytes = (...values: number[]) => Uint8Array.from(values)

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

const corpus: readonly [what: string, code: string, entries: readonly ZipEntry[], lies?: ZipLies][] = [
  ['the same name twice', 'package-duplicate', [plain, plain]],
  ['the same name in another case', 'package-duplicate', [plain, { ...plain, name: 'ofd.XML' }]],
  [
    'the same name by another separator',
    'package-duplicate',
    [
      { ...plain, name: 'a/b' },
      { ...plain, name: 'a\\b' },
    ],
  ],
  [
    'the same name with a dot step',
    'package-duplicate',
    [
      { ...plain, name: 'a/b' },
      { ...plain, name: 'a/./b' },
    ],
  ],
  [
    'the same name with a double slash',
    'package-duplicate',
    [
      { ...plain, name: 'a/b' },
      { ...plain, name: 'a//b' },
    ],
  ],
  [
    'a file and a folder of one name',
    'package-duplicate',
    [
      { ...plain, name: 'a' },
      { name: 'a/', data: '' },
    ],
  ],
  [
    'composed and decomposed names',
    'package-duplicate',
    [
      { ...plain, name: 'é' },
      { ...plain, name: 'e\u0301' },
    ],
  ],
  ['a step out of the package', 'package-path', [{ ...plain, name: '../etc/passwd' }]],
  ['a step out in the middle', 'package-path', [{ ...plain, name: 'a/../../b' }]],
  ['a step out with backslashes', 'package-path', [{ ...plain, name: '..\\b' }]],
  ['an absolute path', 'package-path', [{ ...plain, name: '/etc/passwd' }]],
  ['a drive letter', 'package-path', [{ ...plain, name: 'C:\\windows' }]],
  ['a NUL in a name', 'package-path', [{ ...plain, name: 'OFD.xml\0.txt' }]],
  ['an empty name', 'package-path', [{ ...plain, name: '' }]],
  ['a name without end', 'package-path', [{ ...plain, name: 'a'.repeat(2000) }]],
  ['bytes before the archive', 'package-prefixed', [plain], { prefix: bytes(1, 2, 3) }],
  ['bytes before the archive, offsets from its start', 'package-prefixed', [plain], { prefix: bytes(1, 2, 3), offsetsWithoutPrefix: true }],
  ['bytes after the archive', 'package-broken', [plain], { suffix: bytes(0) }],
  ['an entry more than there are', 'package-broken', [plain], { entries: 2 }],
  ['an entry fewer than there are', 'package-broken', [plain, { ...plain, name: 'b' }], { entries: 1 }],
  ['a directory elsewhere', 'package-prefixed', [plain], { directoryOffset: 3 }],
  ['a directory beyond the file', 'package-prefixed', [plain], { directoryOffset: 0x7fffffff }],
  ['a part of a split archive', 'package-broken', [plain], { disk: 1 }],
  ['ZIP64 markers without a record', 'package-broken', [plain], { entries: 0xffff }],
  ['a name that the local header contradicts', 'package-broken', [{ ...plain, local: { name: 'EVE.xml' } }]],
  ['a method that the local header contradicts', 'package-broken', [{ ...plain, local: { method: 0 } }]],
  ['a size that the local header contradicts', 'package-size', [{ ...plain, local: { size: 7 } }]],
  ['a packed size that the local header contradicts', 'package-size', [{ ...plain, local: { packed: 7 } }]],
  ['a checksum that the local header contradicts', 'package-size', [{ ...plain, local: { crc: 7 } }]],
  ['a smaller size than the truth', 'package-size', [{ ...plain, size: 100 }]],
  ['a larger size than the truth', 'package-size', [{ ...plain, size: 1000 }]],
  ['a size of zero', 'package-size', [{ ...plain, size: 0 }]],
  ['a stored entry of two sizes', 'package-size', [{ ...plain, store: true, size: 5 }]],
  ['a wrong checksum', 'package-checksum', [{ ...plain, crc: 1 }]],
  ['a password', 'package-encrypted', [{ ...plain, flags: 1 }]],
  ['strong encryption', 'package-encrypted', [{ ...plain, flags: 0x41 }]],
  ['a hidden directory', 'package-encrypted', [{ ...plain, flags: 0x2000 }]],
  ['an unknown method', 'package-method', [{ ...plain, method: 14, local: { method: 14 } }]],
  ['data that do not unpack', 'package-broken', [{ ...plain, store: true, method: 8, data: bytes(7, 7, 7, 7) }]],
  ['an honest bomb', 'package-bomb', [{ name: 'a', data: zeros(12_000_000) }]],
  ['a bomb that states a small size', 'package-size', [{ name: 'a', data: zeros(30_000_000), size: 500 }]],
  ['a bomb that states just what is allowed', 'package-size', [{ name: 'a', data: zeros(30_000_000), size: 1_000_000 }]],
  ['a size of four gigabytes', 'package-limit', [{ ...plain, size: 0xfffffffe }]],
  ['too many entries', 'package-limit', Array.from({ length: 2001 }, (_, index) => ({ name: `${index}`, data: '' }))],
  ['a packed size beyond the file', 'package-broken', [{ ...plain, packed: 100_000 }]],
  ['an offset beyond the file', 'package-broken', [{ ...plain, offset: 100_000 }]],
  ['an offset into the directory', 'package-broken', [{ ...plain, offset: 60 }]],
]

describe('packages that two readers could see differently are refused', () => {
  test.each(corpus)('%s', (_, code, entries, lies) => {
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
  for (const [what, , entries, lies] of corpus) {
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
  const file = makeZip([{ name: 'a', data: crypto.getRandomValues(new Uint8Array(60_000)) }])
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
