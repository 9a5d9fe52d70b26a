import { expect, test } from 'vitest'
import { judgeOfd } from '../../../src/authenticity/ofd/judge.ts'
import { examine } from '../../../src/authenticity/index.ts'
import { openOfd } from '../../../src/formats/index.ts'
import { makeZip, type ZipEntry } from '../../fixtures/ofd/index.ts'
import { forms, sealed } from '../../fixtures/seal/index.ts'
import { good, sealedParts, trust } from './sealed.ts'

const isLong = process.env.PIAOZAI_TEST_LONG !== undefined

const bitMasks = [1, 2, 4, 8, 16, 32, 64, 128]

/** A package of two parts only, so that what is flipped is most of the work. */
const small: ZipEntry[] = [
  { name: 'OFD.xml', data: '<ofd:OFD xmlns:ofd="x"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>' },
  { name: 'Doc_0/Document.xml', data: '<Document/>' },
]

const dataOf = (entries: readonly ZipEntry[], name: string) => {
  const data = entries.find((one) => String(one.name).endsWith(name))?.data ?? ''
  return typeof data === 'string' ? new TextEncoder().encode(data) : data
}

async function verdict(entries: readonly ZipEntry[]): Promise<string> {
  const file = await openOfd(makeZip(entries.map((one) => ({ ...one, store: true }))))
  return file ? judgeOfd(file, trust).seal.verdict : 'no OFD'
}

const put = (entries: readonly ZipEntry[], name: string, data: Uint8Array) =>
  entries.map((one) => (String(one.name).endsWith(name) ? { ...one, data } : one))

/** The verdicts of a package in which single bytes of one entry are others: each bit of a byte, or one of them, another for each byte. */
async function flipped(entries: readonly ZipEntry[], name: string, step = 1): Promise<Set<string>> {
  const original = dataOf(entries, name)
  const found = new Set<string>()
  for (let at = 0; at < original.length; at += step) {
    for (const mask of isLong ? bitMasks : [1 << ((at + original.length) % 8)]) {
      const data = original.slice()
      data[at] = (data[at] ?? 0) ^ mask
      const said = await verdict(put(entries, name, data))
      if (said === 'trusted') throw new Error(`byte ${at} of ${name} can be changed by ${mask}`)
      found.add(said)
    }
  }
  return found
}

test.each(forms)('no byte of a %s signature can be another', { timeout: 3_600_000 }, async (form) => {
  const entries = sealed(small, { ...good, form })
  expect(await verdict(entries)).toBe('trusted')
  const every = form === 'ses-4' || isLong
  const said = await flipped(entries, 'SignedValue.dat', every ? 1 : 5)
  expect([...said].filter((one) => !['tampered', 'undecidable', 'untrusted-signer'].includes(one))).toEqual([])
})

test('no byte of Signature.xml can be another', { timeout: 120_000 }, async () => {
  const said = await flipped(sealed(small, good), 'Sign_0/Signature.xml')
  expect([...said].filter((one) => one !== 'tampered' && one !== 'undecidable')).toEqual([])
})

test.each(forms)('a %s signature value cut short anywhere, or with more behind it, is not decided', async (form) => {
  const entries = sealed(small, { ...good, form })
  const whole = dataOf(entries, 'SignedValue.dat')
  const said = new Set<string>()
  for (let length = 0; length < whole.length; length += form === 'ses-4' || isLong ? 1 : 7)
    said.add(await verdict(put(entries, 'SignedValue.dat', whole.slice(0, length))))
  said.add(await verdict(put(entries, 'SignedValue.dat', Uint8Array.of(...whole, 0))))
  expect([...said]).toEqual(['undecidable'])
})

test('a Signature.xml cut short anywhere is not decided', async () => {
  const entries = sealed(small, good)
  const whole = dataOf(entries, 'Sign_0/Signature.xml')
  const said = new Set<string>()
  for (let length = 0; length < whole.length; length++)
    said.add(await verdict(put(entries, 'Sign_0/Signature.xml', whole.slice(0, length))))
  expect([...said]).toEqual(['undecidable'])
})

test('a package cut short anywhere is refused, never trusted, and never hangs', { timeout: 120_000 }, async () => {
  for (const whole of [makeZip(sealed(small, good)), ...(isLong ? [makeZip(sealedParts())] : [])])
    for (let length = 0; length < whole.length; length += isLong ? 1 : 5) {
      const { reading, seal } = await examine(whole.subarray(0, length), { trust })
      expect([length, reading.state, seal?.verdict === 'trusted']).toEqual([length, 'refused', false])
    }
})

test(
  'any byte of the whole package changed: never trusted, unless every part of it is still what it was',
  { timeout: 3_600_000 },
  async () => {
    const whole = makeZip(sealed(small, good))
    const parts = await partsOf(whole)
    for (let at = 0; at < whole.length; at += isLong ? 1 : 11) {
      const bytes = whole.slice()
      bytes[at] = (bytes[at] ?? 0) ^ 0x04
      const { seal } = await examine(bytes, { trust })
      // Times and attributes in ZIP headers, and the bits behind the last of a packed stream, mean nothing.
      if (seal?.verdict === 'trusted') expect([at, await partsOf(bytes)]).toEqual([at, parts])
    }
  },
)

async function partsOf(bytes: Uint8Array): Promise<unknown> {
  const file = await openOfd(bytes)
  return file?.entries.map((entry) => [entry.key, Buffer.from(file.bytes(entry)).toString('hex')])
}
