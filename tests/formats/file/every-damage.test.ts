import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readFile } from '../../../src/formats/file/read-file.ts'
import { openPackage, zipLimits } from '../../../src/formats/package/index.ts'
import { everyFile, type MadeFile } from '../../fixtures/every.ts'
import { makeZip } from '../../fixtures/ofd/index.ts'
import { endless } from '../budget.ts'
import { readHonestly, readSpoilt, wrongIn } from '../honest.ts'
import { readPictures } from '../pdf/pictures.ts'

const isLong = process.env['PIAOZAI_TEST_LONG'] !== undefined
/** Damages of each sort to each file. */
const numRuns = isLong ? 60 : 1
/** Milliseconds. */
const timeout = isLong ? 600_000 : 60_000

const places = (file: Uint8Array) => fc.nat(file.length - 1)
/** Every sort of damage that happens to a file on its way. */
const damages: Record<string, (file: Uint8Array) => fc.Arbitrary<Uint8Array>> = {
  'cut anywhere': (file) => places(file).map((length) => file.slice(0, length)),
  'with any bit flipped': (file) =>
    fc.tuple(places(file), fc.nat(7)).map(([at, bit]) => file.map((byte, index) => (index === at ? byte ^ (1 << bit) : byte))),
  'with bytes of chance in any place': (file) =>
    fc.tuple(places(file), fc.uint8Array({ minLength: 1, maxLength: 64 })).map(([at, noise]) => {
      const out = file.slice()
      out.set(noise.subarray(0, out.length - at), at)
      return out
    }),
  'with a part taken out': (file) =>
    fc
      .tuple(places(file), fc.integer({ min: 1, max: 400 }))
      .map(([at, length]) => Uint8Array.from([...file.subarray(0, at), ...file.subarray(at + length)])),
  'with a part twice': (file) =>
    fc
      .tuple(places(file), fc.integer({ min: 1, max: 400 }))
      .map(([at, length]) => Uint8Array.from([...file.subarray(0, at + length), ...file.subarray(at)])),
}
const read = ({ bytes, invoice, isGuarded }: MadeFile) => (isGuarded ? readHonestly(bytes, invoice) : readSpoilt(bytes))

describe.each(everyFile())('$what', (file) => {
  test('whole: no field is wrong, and nothing is told', async () => {
    const { drafts } = await readFile(file.bytes, { readPictures })
    expect(drafts).toHaveLength(1)
    const [draft] = drafts
    expect(draft && wrongIn(draft, file.invoice)).toEqual([])
    expect(draft?.problems).toEqual([])
    if (file.format !== 'image') expect(draft?.invoice).toEqual(file.invoice)
  })
  test('damaged in any way: never thrown, never hung, never another value unseen', { timeout }, async () => {
    for (const damage of Object.values(damages)) {
      const spoilt = damage(file.bytes).map((bytes) => ({ ...file, bytes }))
      await fc.assert(
        fc.asyncProperty(spoilt, async (one) => void (await read(one))),
        { numRuns },
      )
    }
  })
})

/** Which entry each origin is from. */
const entryOf: Record<string, RegExp> = {
  attachment: /Attachs\/.*\.xml$/,
  tag: /CustomTag\.xml$/,
  'custom-data': /^OFD\.xml$/,
  text: /Content\.xml$/,
}

describe.each(everyFile().filter(({ format }) => format === 'ofd'))('the entries of $what', ({ bytes, invoice }) => {
  const pack = openPackage(bytes, zipLimits, endless)
  const entries = pack.entries.map((entry) => ({ name: entry.name, data: pack.read(entry) }))
  test('in any order say the same', { timeout }, async () => {
    const orders = fc.shuffledSubarray(entries, { minLength: entries.length })
    await fc.assert(
      fc.asyncProperty(orders, async (shuffled) => {
        const { drafts } = await readFile(makeZip(shuffled), { readPictures })
        expect(drafts.map((draft) => [draft.invoice, draft.problems])).toEqual([[invoice, []]])
      }),
      { numRuns },
    )
  })
  test('some of them alone say nothing else, and nothing from those that are not there', { timeout }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(entries), async (kept) => {
        const drafts = (await readFile(makeZip(kept), { readPictures })).drafts.filter(({ format }) => format === 'ofd')
        const origins = new Set(drafts.flatMap(({ provenance }) => Object.values(provenance)))
        // A kind that is not stated is guessed, and told.
        const isGuessed = drafts.some(({ problems }) => problems.some(({ code }) => code === 'kind-guessed'))
        expect(drafts.flatMap((draft) => wrongIn(draft, invoice)).filter((field) => !(isGuessed && field === 'kind'))).toEqual([])
        for (const [origin, name] of Object.entries(entryOf))
          expect([origin, origins.has(origin as 'text') && !kept.some((entry) => name.test(entry.name))]).toEqual([origin, false])
        if (!kept.some(({ name }) => name === 'OFD.xml')) expect(drafts).toEqual([])
      }),
      { numRuns: numRuns * 4 },
    )
  })
})
