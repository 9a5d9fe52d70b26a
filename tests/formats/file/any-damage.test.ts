import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyInvoice, type Invoice } from '../../../src/domain/index.ts'
import { readFile } from '../../../src/formats/file/read-file.ts'
import { readHonestly } from '../honest.ts'
import { makeOfd, makeZip, ofdEntries, type OfdRoutes } from '../../fixtures/ofd/index.ts'
import { digitalXml, eInvoiceXml, madeInvoice } from '../../fixtures/xml/index.ts'

const invoice = madeInvoice('vat-e-ordinary', { lines: 2 })
const routes: OfdRoutes = {
  page: invoice,
  customData: invoice,
  tags: { layout: 'eInvoice' },
  attachment: { name: 'original_invoice.xml', xml: eInvoiceXml(invoice) },
}
const files: [string, Uint8Array<ArrayBuffer>, Invoice][] = [
  ['ofd', makeOfd(routes), invoice],
  ['xml', new TextEncoder().encode(digitalXml(madeInvoice('digital-special'))), madeInvoice('digital-special')],
]

describe.each(files)('%s', (format, file, truth) => {
  const runs = { numRuns: 150 }

  test('cut anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), async (length) => void (await readHonestly(file.subarray(0, length), truth))),
      runs,
    )
  })

  // A flipped bit in an XML file that stands alone may turn one digit into another, which only arithmetic could tell.
  test('with any bit flipped', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.nat(7), async (index, bit) => {
        const flipped = file.slice()
        flipped[index] = (flipped[index] ?? 0) ^ (1 << bit)
        if (format === 'ofd') await readHonestly(flipped, truth)
        else expect((await readFile(flipped)).state).toMatch(/read|refused/)
      }),
      runs,
    )
  })

  test('with bytes of chance in any place', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.uint8Array({ minLength: 1, maxLength: 64 }), async (at, noise) => {
        const damaged = file.slice()
        damaged.set(noise.subarray(0, damaged.length - at), at)
        const { state, problems, drafts } = await readFile(damaged)
        expect(state === 'read' ? drafts.length + problems.length : problems.length).toBeGreaterThan(0)
      }),
      runs,
    )
  })
})

test('the order of entries changes nothing', async () => {
  const entries = ofdEntries(routes)
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(entries, { minLength: entries.length }), async (shuffled) => {
      const { drafts } = await readFile(makeZip(shuffled))
      expect(drafts.map((draft) => draft.invoice)).toEqual([invoice])
      expect(drafts[0]?.problems).toEqual([])
    }),
    { numRuns: 30 },
  )
})

test('no field is reported from an entry that is not there', async () => {
  const entries = ofdEntries(routes)
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(entries), async (kept) => {
      const drafts = (await readFile(makeZip(kept))).drafts.filter(({ format }) => format === 'ofd')
      const holds = (name: string) => kept.some((entry) => entry.name === name)
      const origins = new Set(drafts.flatMap(({ provenance }) => Object.values(provenance)))
      if (!holds('OFD.xml')) expect(drafts).toEqual([])
      if (!holds('Doc_0/Attachs/original_invoice.xml')) expect(origins.has('attachment') || origins.has('qr')).toBe(false)
      if (!holds('Doc_0/Tags/CustomTag.xml')) expect(origins.has('tag')).toBe(false)
      if (!holds('Doc_0/Pages/Page_0/Content.xml')) expect(origins.has('tag')).toBe(false)
      if (!holds('Doc_0/Tpls/Tpl_0/Content.xml') && !holds('Doc_0/Pages/Page_0/Content.xml')) expect(origins.has('text')).toBe(false)
    }),
    { numRuns: 100 },
  )
})

test('what is read is never more than what was written', async () => {
  const { drafts } = await readFile(makeOfd({ customData: emptyInvoice('other') }))
  expect(drafts).toEqual([])
})
