import { IDBFactory } from 'fake-indexeddb'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { TrustList } from '../../src/authenticity/index.ts'
import {
  complete,
  dropOwnList,
  judgeAgain,
  keepFile,
  readWaiting,
  takeList,
  type FileDeps,
  type FileReader,
} from '../../src/capture/index.ts'
import { formatMoney } from '../../src/domain/index.ts'
import { anotherTab, makeDevice, type Device } from '../fixtures/device.ts'
import { fileReader } from '../fixtures/file-reader.ts'
import { thaw, type FrozenDatabase } from '../fixtures/frozen.ts'
import { makeZip, type ZipEntry } from '../fixtures/ofd/index.ts'
import { operatorList, sealed, testOperator } from '../fixtures/seal/index.ts'
import { madeInvoice } from '../fixtures/xml/index.ts'
import { all, edit, good, invoice, parts, sealedParts, trust } from '../authenticity/ofd/sealed.ts'

const depsOf = (device: Device, files: FileReader = fileReader()): FileDeps => ({ ...device, files, version: '1' })
const ofd = (entries: readonly ZipEntry[], name = '票.ofd') => ({ name, type: '', bytes: makeZip(entries).slice().buffer })

/** The operator's list of this version, which trusts the seals of these tests. */
const list = (version: number, change: Partial<TrustList> = {}): TrustList => ({ ...trust.list, version, ...change })
const revoked: TrustList['revocations'] = [{ what: 'key', publicKey: Buffer.from(all.signer.pair.key).toString('hex'), on: '2026-05-01' }]
const adopt = (device: Device, one: TrustList) => takeList(device.wallet, operatorList(one), 'gateway', testOperator)

async function read(device: Device, ...files: { name: string; type: string; bytes: ArrayBuffer }[]): Promise<void> {
  for (const file of files) await keepFile(device, file)
  expect(await readWaiting(depsOf(device))).toBe('done')
}
async function only(device: Device) {
  const [view] = (await device.wallet.list()).entries
  const detail = await device.wallet.entry(view?.entry.id ?? '')
  if (!detail) throw new Error('there is no invoice')
  return detail
}
const verdictOf = async (device: Device) => (await only(device)).entry.captures.at(-1)?.seal?.verdict

describe('the seal of a file', () => {
  test('is judged where the file is read, kept with its evidence, and values count as signed only by a trusted signer', async () => {
    const device = await makeDevice()
    await read(device, ofd(sealedParts()))
    const before = await only(device)
    expect(before.entry.captures).toMatchObject([{ seal: { verdict: 'untrusted-signer', parts: 0 } }])
    expect(Object.values(before.entry.provenance)).not.toContain('signed')
    expect(before.seals).toMatchObject([
      { file: before.originals[0]?.sha256, original: before.originals[0]?.sha256, seal: { signer: '演示省税务监制章', trustList: 1 } },
    ])
    expect(before.seals[0]?.seal.digests.length).toBeGreaterThan(5)

    const trusting = await makeDevice()
    await adopt(trusting, list(8))
    await read(trusting, ofd(sealedParts()))
    const after = await only(trusting)
    expect(after.seals).toMatchObject([{ lists: '8.0', seal: { verdict: 'trusted', trustList: 8 } }])
    expect(after.entry.provenance).toMatchObject({ number: 'signed', amount: 'signed', lines: 'signed' })
  })

  test('is that of each file of an archive, not of the archive', async () => {
    const device = await makeDevice()
    await adopt(device, list(8))
    const other = madeInvoice('vat-e-ordinary', { seed: 77 })
    const altered = edit(sealed(parts(other), good), 'Pages/Page_0/Content.xml', (text) => text.replace('</', ' </'))
    const archive = makeZip([
      { name: '1.ofd', data: makeZip(sealedParts()) },
      { name: '2.ofd', data: makeZip(altered) },
    ])
    await read(device, { name: 'all.zip', type: '', bytes: archive.slice().buffer })
    const entries = (await device.wallet.list()).entries.map(({ entry }) => entry)
    const byNumber = new Map(entries.map((entry) => [entry.invoice.number, entry]))
    expect(byNumber.get(invoice.number)?.captures).toMatchObject([{ seal: { verdict: 'trusted', parts: 0 } }])
    expect(byNumber.get(other.number)?.captures).toMatchObject([{ seal: { verdict: 'tampered', parts: 1 } }])
    const [original] = entries[0]?.captures ?? []
    expect(new Set([original?.original, ...entries.map(({ captures }) => captures[0]?.seal?.file)]).size).toBe(3)
  })

  test('lets the signed value be shown where a part outside it disagrees, and the disagreement is kept', async () => {
    const device = await makeDevice()
    await adopt(device, list(8))
    const net = formatMoney(invoice.amountExTax ?? 0)
    const loose = edit(sealedParts({ leaveOut: /^OFD\.xml$/ }), 'OFD.xml', (text) => text.replaceAll(net, `98${net}`))
    await read(device, ofd(loose))
    const { entry } = await only(device)
    expect(entry.captures).toMatchObject([{ seal: { verdict: 'partial', parts: 1 } }])
    expect([entry.invoice.amountExTax, entry.provenance.amountExTax]).toEqual([invoice.amountExTax, 'signed'])
    expect(entry.conflicts).toContainEqual(
      expect.objectContaining({ field: 'amountExTax', keptFrom: 'signed', other: `98${invoice.amountExTax}`, otherFrom: 'custom-data' }),
    )
  })

  test('stands against what a person types: the signed value is shown, what was typed is told beside it', async () => {
    const device = await makeDevice()
    await adopt(device, list(8))
    await read(device, ofd(sealedParts()))
    const { entry } = await only(device)
    await complete(device, entry.id, { amount: 1, remark: 'mine' })
    const after = await only(device)
    expect(after.entry.invoice.amount).toBe(invoice.amount)
    expect(after.entry.provenance.amount).toBe('signed')
    expect(after.entry.conflicts).toContainEqual(expect.objectContaining({ field: 'amount', other: '1', otherFrom: 'typed' }))
  })

  test('goes with its file when that is given up', async () => {
    const device = await makeDevice()
    const { sha256 } = await keepFile(device, ofd(sealedParts()))
    await device.wallet.write((tx) =>
      tx.putSeal({ file: sha256, original: sha256, at: 0, lists: '', seal: { ...trusted, verdict: 'trusted' } }),
    )
    await device.wallet.removeFile(sha256)
    expect(await device.wallet.toJudge('any')).toEqual([])
  })
})

describe('a new trust list', () => {
  test('has the kept files judged again, both ways: who is on it now is trusted, who is revoked no more', async () => {
    const device = await makeDevice()
    await read(device, ofd(sealedParts()))
    expect(await judgeAgain(depsOf(device))).toBe(0)

    expect(await adopt(device, list(8))).toBe('adopted')
    expect(await judgeAgain(depsOf(device))).toBe(1)
    expect(await verdictOf(device)).toBe('trusted')
    expect((await only(device)).entry.provenance.amount).toBe('signed')
    expect(await judgeAgain(depsOf(device))).toBe(0)

    await adopt(device, list(9, { revocations: revoked }))
    expect(await judgeAgain(depsOf(device))).toBe(1)
    const { entry, seals } = await only(device)
    expect(entry.captures).toMatchObject([{ seal: { verdict: 'untrusted-signer' } }])
    expect(seals).toMatchObject([{ lists: '9.1', seal: { problems: [{ code: 'signer-revoked' }] } }])
    expect(Object.values(entry.provenance)).not.toContain('signed')
    expect(entry.provenance.amount).toBe('attachment')
  })

  test('never replaces a newer one, and never takes back a revocation', async () => {
    const device = await makeDevice()
    await adopt(device, list(9, { revocations: revoked }))
    expect(await adopt(device, list(8))).toBe('not-newer')
    expect(await adopt(device, list(10, { revocations: [] }))).toBe('adopted')
    await read(device, ofd(sealedParts()))
    expect(await verdictOf(device)).toBe('untrusted-signer')
    expect((await only(device)).seals).toMatchObject([{ lists: '10.1', seal: { problems: [{ code: 'signer-revoked' }] } }])
  })

  test('counts only with the signature of the pinned key: anything else from a gateway changes nothing', async () => {
    const { wallet } = await makeDevice()
    const text = JSON.stringify(list(8))
    expect(await takeList(wallet, text, 'gateway', testOperator)).toBe('forged')
    expect(await takeList(wallet, operatorList(list(8)), 'gateway', null)).toBe('forged')
    expect(await takeList(wallet, operatorList(list(8)).replace('8', '9'), 'gateway', testOperator)).toBe('forged')
    expect(await takeList(wallet, '<html>', 'gateway', testOperator)).toBe('malformed')
    expect(await wallet.lists()).toEqual({ operator: null, imported: null })
  })

  test('that a person imports names the signer as trusted by their own list, and makes nothing signed; given up, it is as before', async () => {
    const device = await makeDevice()
    await read(device, ofd(sealedParts()))
    expect(await takeList(device.wallet, JSON.stringify(list(3)), 'person')).toBe('imported')
    expect(await takeList(device.wallet, JSON.stringify(list(3)), 'person')).toBe('not-newer')
    expect(await judgeAgain(depsOf(device))).toBe(1)
    const own = await only(device)
    expect(own.seals).toMatchObject([{ seal: { verdict: 'untrusted-signer', problems: [{ code: 'trusted-by-imported-list' }] } }])
    expect(Object.values(own.entry.provenance)).not.toContain('signed')
    await dropOwnList(device.wallet)
    expect(await judgeAgain(depsOf(device))).toBe(1)
    expect((await only(device)).seals[0]?.seal.problems.map(({ code }) => code)).toContain('signer-unknown')
  })

  test('is worked off after a kill, one tab at a time, and each file once', async () => {
    const device = await makeDevice()
    const invoices = [1, 2, 3].map((seed) => madeInvoice('vat-e-ordinary', { seed, lines: 2 }))
    await read(device, ...invoices.map((one, at) => ofd(sealed(parts(one), good), `${at}.ofd`)))
    await adopt(device, list(8))
    let judged = 0
    const good1 = fileReader()
    const killed: FileReader = {
      ...good1,
      read: async (...args) => {
        if (judged === 1) throw new Error('killed')
        judged += 1
        return good1.read(...args)
      },
    }
    expect(await judgeAgain(depsOf(device, killed))).toBe(1)
    const counting: FileReader = {
      ...good1,
      read: (...args) => {
        judged += 1
        return good1.read(...args)
      },
    }
    const other = await anotherTab(device)
    const counts = await Promise.all([judgeAgain(depsOf(device, counting)), judgeAgain(depsOf(other, counting))])
    expect([counts.sort(), judged]).toEqual([[0, 2], 3])
    for (const { entry } of (await device.wallet.list()).entries) expect(entry.captures).toMatchObject([{ seal: { verdict: 'trusted' } }])
  })

  test('leaves alone what a person typed into an invoice whose file is judged again', async () => {
    const device = await makeDevice()
    await read(device, ofd(sealedParts()))
    const { entry } = await only(device)
    await complete(device, entry.id, { remark: 'mine', amount: 5 })
    await takeList(device.wallet, JSON.stringify(list(3)), 'person')
    expect(await judgeAgain(depsOf(device))).toBe(1)
    expect((await only(device)).entry.invoice).toMatchObject({ remark: 'mine', amount: 5 })
  })
})

test('what an older version kept without judging is judged at the next start', async () => {
  const indexedDB = new IDBFactory()
  const frozen = JSON.parse(readFileSync('tests/fixtures/frozen/wallet-v2.json', 'utf8')) as FrozenDatabase
  const bytes = Buffer.from(makeZip(sealedParts())).toString('base64')
  const stores = frozen.stores.map((store) =>
    store.name === 'originals' ? { ...store, rows: store.rows.map((row) => ({ ...(row as object), bytes: { base64: bytes } })) } : store,
  )
  await thaw(indexedDB, 'piaozai-wallet', { ...frozen, stores })
  const device = await makeDevice({ indexedDB })
  expect(await judgeAgain(depsOf(device))).toBe(1)
  expect(await judgeAgain(depsOf(device))).toBe(0)
})

const trusted = {
  signer: null,
  issuer: null,
  sealName: null,
  algorithm: null,
  signedAt: null,
  trustList: 1,
  digests: [],
  uncovered: [],
  altered: [],
  problems: [],
}
