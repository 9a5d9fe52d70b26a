import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ofdLimits, openPackage } from '../../../src/formats/package/index.ts'
import { makeZip } from '../../fixtures/ofd/index.ts'
import { endless } from '../budget.ts'

const open = (bytes: Uint8Array) => openPackage(bytes, ofdLimits, endless)
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

test('entries are found whatever their case and separators, and come out as they went in', () => {
  const pack = open(
    makeZip([
      { name: 'Doc_0\\Content.xml', data: 'a'.repeat(100_000) },
      { name: 'b.txt', data: 'b', store: true },
      { name: 'c/', data: '' },
    ]),
  )
  expect(pack.entries.map(({ name }) => name)).toEqual(['Doc_0/Content.xml', 'b.txt', 'c/'])
  const entry = pack.find('/doc_0/CONTENT.xml')
  expect(entry && text(pack.read(entry)).length).toBe(100_000)
  const stored = pack.find('b.txt')
  expect(stored && text(pack.read(stored))).toBe('b')
  expect(pack.find('c')).toBeNull()
})

test('a name that is no UTF-8 is GBK', () => {
  const pack = open(makeZip([{ name: Uint8Array.from([0xb7, 0xa2, 0xc6, 0xb1]), data: '', flags: 0 }]))
  expect(pack.entries[0]?.name).toBe('发票')
})

test('a ZIP64 extra field is followed', () => {
  const data = 'x'.repeat(5000)
  const honest = open(makeZip([{ name: 'a', data }])).entries[0]
  const extra = new DataView(new ArrayBuffer(20))
  extra.setUint16(0, 1, true)
  extra.setUint16(2, 16, true)
  extra.setBigUint64(4, BigInt(data.length), true)
  extra.setBigUint64(12, BigInt(honest?.packed ?? 0), true)
  const pack = open(makeZip([{ name: 'a', data, size: 0xffffffff, packed: 0xffffffff, extra: new Uint8Array(extra.buffer) }]))
  const entry = pack.find('a')
  expect(entry && pack.read(entry).length).toBe(5000)
})

test('whatever goes in comes out', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40_000 }), { maxLength: 5 }), fc.boolean(), (contents, store) => {
      const pack = open(makeZip(contents.map((data, index) => ({ name: `${index}`, data, store }))))
      for (const [index, content] of contents.entries()) {
        const entry = pack.find(`${index}`)
        expect(entry && pack.read(entry)).toEqual(content)
      }
    }),
    { numRuns: 40 },
  )
})
