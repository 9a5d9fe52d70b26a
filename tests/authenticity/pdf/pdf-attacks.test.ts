import { describe, expect, test } from 'vitest'
import { bundledTrust, examine } from '../../../src/authenticity/index.ts'
import { judgePdf } from '../../../src/authenticity/pdf/judge.ts'
import { sealVerdicts, type SealVerdict } from '../../../src/domain/index.ts'
import { join } from '../../fixtures/ofd/index.ts'
import { seller, signedAgain, signedPdf, type PdfSigning } from '../../fixtures/seal/index.ts'

const shop = seller('演示商店')
/** The same name, issuer and serial number, and a key of its own. */
const clone = seller('演示商店')
const certified = '/Perms<</DocMDP 5 0 R>>'
const hidden = ['<</Length 8>>\nstream\nBT ET qQ\nendstream']

const latin = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'))
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
const sealOf = async (bytes: Uint8Array) => (await examine(bytes)).seal
const verdictOf = async (bytes: Uint8Array) => (await sealOf(bytes))?.verdict ?? null
/** Null: nobody takes it for a PDF. */
const notSigned: readonly (SealVerdict | null)[] = [null, ...sealVerdicts.filter((one) => one !== 'seller-signed' && one !== 'trusted')]

/** An incremental update: these objects, their cross-reference, and a trailer that leads to the former one. */
function updated(file: Uint8Array, objects: Readonly<Record<number, string>>): Uint8Array {
  const before = /startxref\s+(\d+)/.exec(textOf(file))?.[1] ?? '0'
  const offsets: string[] = []
  let text = '\n'
  for (const [number, body] of Object.entries(objects)) {
    offsets.push(`${number} 1\n${String(file.length + text.length).padStart(10, '0')} 00000 n \n`)
    text += `${number} 0 obj\n${body}\nendobj\n`
  }
  const start = file.length + text.length
  text += `xref\n${offsets.join('')}trailer\n<</Size 20/Root 1 0 R/Prev ${before}>>\nstartxref\n${start}\n%%EOF\n`
  return join([file, latin(text)])
}

/** Where the value of the first signature stands, `<` and `>` included. */
function gapOf(file: Uint8Array): { readonly from: number; readonly to: number } {
  const from = textOf(file).indexOf('/Contents <') + '/Contents '.length
  return { from, to: textOf(file).indexOf('>', from) + 1 }
}

/** Writes other numbers into the range, without moving a byte. */
const ranged = (change: (numbers: readonly string[]) => readonly string[]) => (text: string) =>
  text.replace(/\/ByteRange \[([^\]]*)\]/, (old: string, numbers: string) => {
    const range = `/ByteRange [${change(numbers.trim().split(/ +/)).join(' ')}`
    return `${range.padEnd(old.length - 1)}]`
  })

const page = '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 7 0 R>>'

describe('what is appended after signing makes it partial, whatever it does', () => {
  test.each([
    ['a page is replaced', {}, { 3: page, 7: hidden[0] }],
    ['shadow attack, hide: an overlay is taken away', { objects: hidden }, { 3: '<</Type/Page/Parent 2 0 R>>' }],
    [
      'shadow attack, replace: a field gets another appearance',
      { objects: hidden },
      { 4: '<</FT/Tx/T(total)/V(9999.00)/AP<</N 7 0 R>>>>' },
    ],
    [
      'shadow attack, hide and replace: another page tree comes into force',
      { objects: [page] },
      { 2: '<</Type/Pages/Kids[7 0 R]/Count 1>>' },
    ],
    ['certified against any change, and changed', { catalogue: certified }, { 3: page }],
    ['the signature itself is replaced by nothing', {}, { 4: '<</FT/Sig/T(s)>>', 5: 'null' }],
  ] as readonly (readonly [string, PdfSigning, Record<number, string>])[])('%s', async (_, signing, objects) => {
    const signed = signedPdf(shop, signing)
    expect(await verdictOf(signed)).toBe('seller-signed')
    const attacked = updated(signed, objects)
    expect(await sealOf(attacked)).toMatchObject({
      verdict: 'partial',
      uncovered: [`the last ${attacked.length - signed.length} bytes`],
      problems: [{ code: 'bytes-appended' }],
    })
  })

  test('only a cross-reference is appended, so that hidden objects come into force', async () => {
    expect(await verdictOf(updated(signedPdf(shop, { objects: [page] }), {}))).toBe('partial')
  })
})

describe('signature wrapping', () => {
  const signed = signedPdf(shop)
  const { from, to } = gapOf(signed)
  const [head, value, tail] = [signed.subarray(0, from), signed.subarray(from, to), signed.subarray(to)]

  test('the second half is moved to the end, and something else put in its place', async () => {
    const evil = latin(`>>\nendobj\n3 0 obj\n${page}\nendobj\n`)
    expect(notSigned).toContain(await verdictOf(join([head, value, evil, tail])))
  })

  test('a second signature object with the true halves and the old value', async () => {
    const stub = (behind: number) =>
      `>>\nendobj\n9 0 obj\n<</Type/Sig/SubFilter/adbe.pkcs7.detached/ByteRange [0 ${from} ${String(behind).padStart(8)} ${tail.length}]/Contents `
    const end = '>>\nendobj\n'
    const behind = to + stub(0).length + value.length + end.length
    const wrapped = join([head, value, latin(stub(behind)), value, latin(end), tail])
    expect(textOf(wrapped.subarray(behind))).toBe(textOf(tail))
    expect(notSigned).toContain(await verdictOf(wrapped))
  })

  test('an appended signature object that repeats the old value over the whole file', async () => {
    const stub = (behind: number, length: number) =>
      `<</Type/Sig/SubFilter/adbe.pkcs7.detached/ByteRange [0 ${from} ${String(behind).padStart(8)} ${String(length).padStart(8)}]/Contents ${textOf(value)}>>`
    for (const length of [tail.length, tail.length + 200])
      expect(await verdictOf(updated(signed, { 9: stub(to, length) }))).toBe('undecidable')
  })

  test('the value of another file', async () => {
    const other = signedPdf(shop, { objects: hidden })
    const gap = gapOf(other)
    expect(await verdictOf(join([other.subarray(0, gap.from), value, other.subarray(gap.to)]))).toBe('tampered')
  })
})

describe('a range decides nothing unless it is the whole file around its own value', () => {
  const moved = (change: (range: number[]) => readonly number[]) => ({ range: (range: readonly number[]) => change([...range]) })
  test.each([
    ['its halves overlap', moved(([, b = 0, , d = 0]) => [0, b, b - 50, d])],
    ['its halves are one', moved(([, b = 0, c = 0, d = 0]) => [0, b, 0, c + d])],
    ['it begins behind the header', moved(([, b = 0, c = 0, d = 0]) => [9, b - 9, c, d])],
    ['it begins later than the first byte', moved(([, b = 0, c = 0, d = 0]) => [9, b, c, d])],
    ['it begins before the file', moved(([, b = 0, c = 0, d = 0]) => [-1, b, c, d])],
    ['a length is larger than any file', moved(([, b = 0, c = 0]) => [0, b, c, 9_007_199_254_740_993])],
    ['a place is larger than any file', moved(([, b = 0, , d = 0]) => [0, b, 99_999_999_999, d])],
    ['it wraps around at 32 bits', moved(([, b = 0, c = 0, d = 0]) => [0, b, c + 4_294_967_296, d])],
    ['the first length is negative', moved(([, b = 0, c = 0, d = 0]) => [0, -b, c, d])],
    ['the second place is negative', moved(([, b = 0, c = 0, d = 0]) => [0, b, -c, d])],
    ['the second length is negative', moved(([, b = 0, c = 0, d = 0]) => [0, b, c, -d])],
    ['it is fractional', moved(([, b = 0, c = 0, d = 0]) => [0, b, c, d - 0.5])],
    ['it ends one byte into the value', moved(([, b = 0, c = 0, d = 0]) => [0, b, c - 1, d + 1])],
    ['it leaves out one byte before the value', moved(([, b = 0, c = 0, d = 0]) => [0, b - 1, c, d])],
    ['it leaves out one byte behind the value', moved(([, b = 0, c = 0, d = 0]) => [0, b, c + 1, d - 1])],
    ['everything is zero', moved(() => [0, 0, 0, 0])],
  ])('%s', async (_, signing) => {
    expect(await verdictOf(signedPdf(shop, signing))).toBe('undecidable')
  })

  test.each([
    ['three numbers', ranged((numbers) => numbers.slice(0, 3))],
    ['six numbers', ranged((numbers) => [...numbers, '0', '0'])],
    ['three numbers and a word', ranged((numbers) => [...numbers.slice(0, 3), '/X'])],
    ['a reference', (text: string) => text.replace(/\/ByteRange \[[^\]]*\]/, '/ByteRange 9 0 R')],
    ['nothing', (text: string) => text.replace(/\/ByteRange \[[^\]]*\]/, '/ByteRange null')],
    ['words', (text: string) => text.replace(/\/ByteRange \[[^\]]*\]/, '/ByteRange [(0) (1) (2) (3)]')],
    ['a range that never ends', (text: string) => text.slice(0, text.indexOf('/ByteRange [') + 20)],
  ])('it is %s', async (_, change) => {
    expect(await verdictOf(latin(change(textOf(signedPdf(shop)))))).toBe('undecidable')
  })

  test('the gap is the value of another object, such as a note’s', async () => {
    const note = `<</Type/Annot/Subtype/Text/Contents <${'41'.repeat(40)}>>>`
    const file = signedPdf(shop, { objects: [note] })
    const at = textOf(file).indexOf(`<${'41'.repeat(40)}>`)
    const other = ranged(() => ['0', `${at}`, `${at + 82}`, `${file.length - at - 82}`])
    expect(await verdictOf(latin(other(textOf(file))))).toBe('undecidable')
  })

  test('the range stands in another object than the value', async () => {
    expect(await verdictOf(signedPdf(shop, { parted: true }))).toBe('undecidable')
  })

  test('the gap holds more than one string', async () => {
    const text = textOf(signedPdf(shop))
    const { from } = gapOf(latin(text))
    for (const more of ['><', '>/X<', '%\n>', '()', '>>'])
      expect(notSigned).toContain(await verdictOf(latin(text.slice(0, from + 5_000) + more + text.slice(from + 5_000 + more.length))))
  })
})

describe('the value is one signature by one signer over nothing else', () => {
  test.each([
    ['bytes behind its end', (value: Uint8Array) => join([value, Uint8Array.of(0, 0, 1)])],
    ['a second value behind it', (value: Uint8Array) => join([value, value])],
    ['nothing in it', () => new Uint8Array()],
    ['an indefinite length', (value: Uint8Array) => join([Uint8Array.of(0x30, 0x80), value.slice(4), Uint8Array.of(0, 0)])],
  ])('%s decides nothing', async (_, dress) => {
    expect(await verdictOf(signedPdf(shop, { dress }))).toBe('undecidable')
  })

  test.each([
    ['two signers', 'signers'],
    ['content of its own', 'content'],
    ['no certificate', 'certificates'],
  ] as const)('%s decides nothing', async (_, odd) => {
    expect(await verdictOf(signedPdf(shop, { odd }))).toBe('undecidable')
  })
})

describe('of several signatures', () => {
  test('a second signer under a cloned name is another signer', async () => {
    const seal = await sealOf(signedAgain(signedPdf(shop), clone))
    expect([seal?.verdict, seal?.problems.map(({ code }) => code)]).toEqual(['partial', ['bytes-appended', 'several-signers']])
  })

  test('one that cannot be decided leaves the file undecided, one that fails leaves it tampered, in any order', async () => {
    const odd = { kind: 'adbe.pkcs7.sha1' } as const
    expect(await verdictOf(signedAgain(signedPdf(shop), shop, odd))).toBe('undecidable')
    expect(await verdictOf(signedAgain(signedPdf(shop, odd), shop))).toBe('undecidable')
    expect(await verdictOf(latin(textOf(signedAgain(signedPdf(shop, odd), shop)).replace('595 842', '595 841')))).toBe('tampered')
  })

  test('a change between two signatures of one signer is that signer’s own', async () => {
    expect(await verdictOf(signedAgain(updated(signedPdf(shop), { 3: page }), shop))).toBe('seller-signed')
    expect(await verdictOf(updated(signedAgain(signedPdf(shop), shop), { 3: page }))).toBe('partial')
  })
})

test('a signed PDF cut short anywhere decides nothing, or is not signed at all', async () => {
  const whole = signedPdf(shop)
  const { from, to } = gapOf(whole)
  const said = new Set<string>()
  // Within the value one length is as good as another.
  for (let length = 0; length < whole.length; length += length > from && length < to - 400 ? 397 : 1)
    said.add((await judgePdf(whole.subarray(0, length), bundledTrust)).verdict)
  expect(said).toEqual(new Set(['unsigned', 'undecidable']))
})
