import { afterEach, describe, expect, test } from 'vitest'
import {
  captureByHand,
  keepFile,
  keepFiles,
  putAside,
  readAgain,
  readWaiting,
  type FileDeps,
  type FileOutcome,
} from '../../src/capture/index.ts'
import type { FileReader } from '../../src/formats/index.ts'
import { openWallet } from '../../src/wallet/index.ts'
import { draftOf, makeDevice, type Device } from '../fixtures/device.ts'
import { fileReader } from '../fixtures/file-reader.ts'
import { makeOfd, makeZip, qrPng } from '../fixtures/ofd/index.ts'
import { fullAt, loseConnectionAt } from '../fixtures/storage-faults.ts'
import { digitalXml, eInvoiceXml, madeInvoice, qrPayload } from '../fixtures/xml/index.ts'

const first = madeInvoice('digital-special', { seed: 1 })
const second = madeInvoice('vat-e-ordinary', { seed: 2 })
const third = madeInvoice('digital-ordinary', { seed: 3 })
const bytesOf = (content: string | Uint8Array) => (typeof content === 'string' ? new TextEncoder().encode(content) : content).slice().buffer
const file = (name: string, content: string | Uint8Array) => ({ name, type: '', bytes: bytesOf(content) })
const xml = (invoice = first) => file('1.xml', digitalXml(invoice))
const ofd = () => file('2.ofd', makeOfd({ attachment: { name: 'original_invoice.xml', xml: eInvoiceXml(second) } }))
const broken = () => file('坏.ofd', makeOfd({ attachment: { name: 'original_invoice.xml', xml: eInvoiceXml(second) } }).slice(0, 700))

const depsOf = (device: Device, files: FileReader = fileReader(), version = '1'): FileDeps => ({ ...device, files, version })
async function readAll(deps: FileDeps): Promise<FileOutcome[]> {
  const outcomes: FileOutcome[] = []
  expect(await readWaiting(deps, { done: (outcome) => outcomes.push(outcome) })).toBe('done')
  return outcomes
}
const numbersIn = async ({ wallet }: Pick<Device, 'wallet'>) =>
  (await wallet.list()).entries.map(({ entry }) => entry.invoice.number).sort()
const stateOf = async ({ wallet }: Pick<Device, 'wallet'>) => (await wallet.files()).files.map(({ name, state }) => [name, state.is])

describe('a file', () => {
  test('is kept before anybody looks into it', async () => {
    const device = await makeDevice()
    const { sha256, again } = await keepFile(device, ofd())
    expect(again).toBe(false)
    expect(await stateOf(device)).toEqual([['2.ofd', 'waiting']])
    expect(new Uint8Array((await device.wallet.original(sha256))!.bytes)).toEqual(new Uint8Array(ofd().bytes))
    expect(await device.wallet.counts()).toMatchObject({ entries: 0, needsLook: 0 })
  })

  test('becomes its invoices, with the file as their original and their questions asked, and waits no more', async () => {
    const device = await makeDevice()
    const { sha256 } = await keepFile(device, ofd())
    const [outcome] = await readAll(depsOf(device))
    expect(outcome).toMatchObject({ name: '2.ofd', problems: [], captured: [{ knownSince: null, question: 'queued' }] })
    const detail = await device.wallet.entry(outcome!.captured[0]!.entryId)
    expect(detail?.entry.captures).toMatchObject([{ way: 'file', original: sha256 }])
    expect(detail?.originals).toEqual([{ sha256, name: '2.ofd', type: '', size: ofd().bytes.byteLength }])
    expect(detail?.entry.invoice).toMatchObject({ number: second.number, lines: second.lines, amount: second.amount })
    expect(detail?.queries).toHaveLength(1)
    expect(await stateOf(device)).toEqual([])
  })

  test('is read by a picture of its QR, too', async () => {
    const device = await makeDevice()
    await keepFile(device, file('照片.png', qrPng(qrPayload(third))))
    await readAll(depsOf(device))
    const [view] = (await device.wallet.list()).entries
    expect(view?.entry).toMatchObject({ invoice: { number: third.number }, captures: [{ way: 'picture' }] })
  })

  test('may be text with invoices in it', async () => {
    const device = await makeDevice()
    await keepFile(device, file('shared.txt', `看看\n${qrPayload(third)}`))
    await readAll(depsOf(device))
    expect(await numbersIn(device)).toEqual([third.number])
  })

  test('of an invoice that is known is merged with it, and says since when it was known', async () => {
    const device = await makeDevice()
    await keepFile(device, xml())
    await readAll(depsOf(device))
    const at = device.clock.now()
    device.clock.jump(1000)
    await keepFile(device, file('again.xml', `${digitalXml(first)}\n`))
    expect(await readAll(depsOf(device))).toMatchObject([{ captured: [{ knownSince: at }], problems: [] }])
    expect(await numbersIn(device)).toEqual([first.number])
  })

  test('of the same bytes under another name says so, and doubles nothing', async () => {
    const device = await makeDevice()
    await keepFile(device, xml())
    await readAll(depsOf(device))
    device.clock.jump(1000)
    const { again, sha256 } = await keepFile(device, { ...xml(), name: 'copy.xml' })
    expect(again).toBe(true)
    await readAll(depsOf(device))
    expect(await numbersIn(device)).toEqual([first.number])
    expect(await device.wallet.original(sha256)).toMatchObject({ name: '1.xml' })
  })
})

describe('what cannot be read', () => {
  test('stays in 要看一眼 with its reason and its bytes', async () => {
    const device = await makeDevice()
    const { sha256 } = await keepFile(device, broken())
    expect(await readAll(depsOf(device))).toMatchObject([
      { captured: [], problems: [{ code: expect.stringMatching(/^package-|^file-/), file: null }] },
    ])
    expect(await stateOf(device)).toEqual([['坏.ofd', 'look']])
    expect(await device.wallet.counts()).toMatchObject({ needsLook: 1 })
    expect(await device.wallet.original(sha256)).not.toBeNull()
  })

  test('in an archive is named, and the others of the archive come in', async () => {
    const device = await makeDevice()
    const zip = makeZip([
      { name: '1.xml', data: digitalXml(first) },
      { name: '坏.ofd', data: new Uint8Array(broken().bytes), store: true },
      { name: '信.docx.txt', data: '您好' },
      { name: '3.xml', data: digitalXml(third) },
    ])
    await keepFile(device, file('mail.zip', zip))
    const [outcome] = await readAll(depsOf(device))
    expect(outcome?.captured).toHaveLength(2)
    expect(outcome?.problems.map((problem) => problem.file)).toEqual(['mail.zip/坏.ofd'])
    expect((await device.wallet.files()).files).toMatchObject([{ name: 'mail.zip', state: { is: 'look', found: 2 } }])
  })

  test('can be filled in by hand, and the file stays with the invoice', async () => {
    const device = await makeDevice()
    const { sha256 } = await keepFile(device, broken())
    await readAll(depsOf(device))
    const { entryId } = await captureByHand(device, draftOf(9), sha256)
    expect((await device.wallet.entry(entryId))?.originals).toMatchObject([{ sha256, name: '坏.ofd' }])
    expect(await stateOf(device)).toEqual([])
  })

  test('can be given up; its bytes go unless an invoice came with them', async () => {
    const device = await makeDevice()
    const lost = await keepFile(device, broken())
    const kept = await keepFile(device, xml())
    await readAll(depsOf(device))
    await keepFile(device, xml())
    await device.wallet.removeFile(lost.sha256)
    await device.wallet.removeFile(kept.sha256)
    expect(await stateOf(device)).toEqual([])
    expect(await device.wallet.original(lost.sha256)).toBeNull()
    expect(await device.wallet.original(kept.sha256)).not.toBeNull()
  })

  test('is tried again by the next version of the app, not by the same one', async () => {
    const device = await makeDevice()
    await keepFile(device, broken())
    await readAll(depsOf(device))
    expect(await readAgain(device, { notBy: '1' })).toBe(0)
    expect(await readAgain(device, { notBy: '2' })).toBe(1)
    const better: FileReader = {
      read: async () => ({
        readings: [
          {
            reading: {
              file: null,
              format: 'ofd',
              state: 'read',
              drafts: [{ ...draftOf(3), file: null, format: 'ofd', page: 1 }],
              problems: [],
            },
            seal: null,
            sha256: null,
          },
        ],
        end: 'whole',
      }),
      close() {},
    }
    expect(await readAll(depsOf(device, better, '2'))).toMatchObject([{ problems: [], captured: [{}] }])
  })

  test('by hanging or ending the reader is told, and the next file is read', async () => {
    const device = await makeDevice()
    await keepFile(device, broken())
    device.clock.jump(1)
    await keepFile(device, xml())
    const good = fileReader()
    const files: FileReader = {
      ...good,
      read: async (bytes, name, signal) => (name === '坏.ofd' ? { readings: [], end: 'died' } : good.read(bytes, name, signal)),
    }
    expect(await readAll(depsOf(device, files))).toMatchObject([{ problems: [{ code: 'reader-crashed' }] }, { captured: [{}] }])
  })
})

describe('the reading', () => {
  test('goes on after the app was killed in the middle: what waits is read, what was read is not lost', async () => {
    const device = await makeDevice()
    for (const one of [xml(), ofd(), xml(third)]) {
      device.clock.jump(1)
      await keepFile(device, one)
    }
    let reads = 0
    const killed: FileReader = {
      ...fileReader(),
      read: (bytes, name) => ((reads += 1) === 2 ? new Promise(() => {}) : fileReader().read(bytes, name)),
    }
    void readWaiting({ ...depsOf(device, killed), locks: null })
    await expect.poll(() => reads).toBe(2)
    const wallet = await openWallet(device)
    expect(await readAll({ ...depsOf(device), locks: null, wallet })).toHaveLength(3)
    expect(await numbersIn({ wallet })).toEqual([first.number, second.number, third.number].sort())
    expect(await stateOf({ wallet })).toEqual([])
  })

  test('gives a file up that took the whole browser down three times', async () => {
    const device = await makeDevice()
    await keepFile(device, xml())
    for (let start = 0; start < 3; start++) {
      let began = false
      void readWaiting({ ...depsOf(device, { read: () => ((began = true), new Promise(() => {})), close() {} }), locks: null })
      await expect.poll(() => began).toBe(true)
    }
    expect(await readAll({ ...depsOf(device), locks: null })).toMatchObject([{ problems: [{ code: 'reader-crashed' }] }])
    const sha256 = (await device.wallet.files()).files[0]!.sha256
    expect(await readAgain(device, { files: [sha256] })).toBe(1)
    expect(await readAll({ ...depsOf(device), locks: null })).toMatchObject([{ captured: [{}] }])
  })

  test('blames only the file over which the browser died: the others of its group are read', async () => {
    const device = await makeDevice()
    await keepFiles(device, [xml(), file('毒.xml', digitalXml(second)), xml(third)])
    const poisoned = (): FileReader => ({
      ...fileReader(),
      read: (bytes, name) => (name === '毒.xml' ? new Promise(() => {}) : fileReader().read(bytes, name)),
    })
    for (let start = 0; start < 3; start++) {
      let began = false
      void readWaiting({ ...depsOf(device, poisoned()), locks: null }, { begin: ({ name }) => (began = name === '毒.xml') })
      await expect.poll(() => began).toBe(true)
    }
    const outcomes = await readAll({ ...depsOf(device, poisoned()), locks: null })
    expect(outcomes.filter(({ problems }) => problems.length > 0)).toMatchObject([
      { name: '毒.xml', problems: [{ code: 'reader-crashed' }] },
    ])
    expect(await numbersIn(device)).toEqual([first.number, third.number].sort())
  })

  test('of many files costs a commit for many, not one for each', async () => {
    const device = await makeDevice()
    let writes = 0
    const wallet = { ...device.wallet, write: ((work) => (writes++, device.wallet.write(work))) as typeof device.wallet.write }
    const many = Array.from({ length: 32 }, (_, seed) => file(`${seed}.xml`, digitalXml(madeInvoice('digital-ordinary', { seed }))))
    await keepFiles({ ...device, wallet }, many)
    expect(writes).toBe(1)
    expect(await readAll({ ...depsOf(device), wallet })).toHaveLength(32)
    // Two groups, each begun and settled.
    expect(writes).toBe(5)
  })

  test('links two files of one invoice that were kept in the same moment', async () => {
    const device = await makeDevice()
    await keepFiles(device, [xml(), file('again.xml', `${digitalXml(first)}\n`)])
    expect(await readAll(depsOf(device))).toMatchObject([
      { captured: [{ knownSince: null }] },
      { captured: [{ knownSince: device.clock.now() }] },
    ])
    const [view] = (await device.wallet.list()).entries
    expect(view?.entry.captures.map(({ original }) => original).filter(Boolean)).toHaveLength(2)
  })

  test('stops when it is told; what is not read yet is put aside and read when the person says so', async () => {
    const device = await makeDevice()
    for (const one of [xml(), ofd(), xml(third)]) {
      device.clock.jump(1)
      await keepFile(device, one)
    }
    const stop = new AbortController()
    const begin = ({ name }: { name: string }) => {
      if (name === '2.ofd') stop.abort()
    }
    expect(await readWaiting(depsOf(device), { begin }, stop.signal)).toBe('stopped')
    expect(await putAside(depsOf(device))).toBe(2)
    expect(await readAll(depsOf(device))).toEqual([])
    expect(await numbersIn(device)).toEqual([first.number])
    const left = (await device.wallet.files()).files.map(({ sha256 }) => sha256)
    expect(await readAgain(device, { notBy: 'the next version' })).toBe(0)
    expect(await readAgain(device, { files: left })).toBe(2)
    expect(await readAll(depsOf(device))).toHaveLength(2)
  })

  test('waits on when no reader can be started', async () => {
    const device = await makeDevice()
    await keepFile(device, xml())
    const none: FileReader = { read: async () => ({ readings: [], end: 'no-reader' }), close() {} }
    expect(await readWaiting(depsOf(device, none))).toBe('no-reader')
    expect(await stateOf(device)).toEqual([['1.xml', 'waiting']])
  })

  test('is done once when two tabs do it', async () => {
    const device = await makeDevice()
    await keepFile(device, xml())
    await keepFile(device, ofd())
    const tab = { ...device, wallet: await openWallet(device) }
    const [one, two] = await Promise.all([readAll(depsOf(device)), readAll(depsOf(tab))])
    expect([...one, ...two]).toHaveLength(2)
    expect((await device.wallet.list()).entries.map(({ entry }) => entry.captures.length)).toEqual([1, 1])
  })
})

describe('whatever the storage does (R7)', () => {
  let restore = () => {}
  afterEach(() => restore())

  test('a device that is full at any write keeps all of a file or says so; nothing kept is lost', async () => {
    for (let k = 1; k <= 12; k++) {
      const device = await makeDevice()
      const fault = fullAt(k)
      restore = fault.restore
      const kept = await keepFile(device, xml()).then(
        () => true,
        (error: unknown) => (error as { fault?: string }).fault ?? String(error),
      )
      if (kept === true) await readWaiting(depsOf(device)).catch(() => undefined)
      fault.restore()
      if (kept !== true) expect([k, kept]).toEqual([k, 'full'])
      await readAll(depsOf(device))
      expect([k, await numbersIn(device)]).toEqual([k, kept === true ? [first.number] : []])
      expect(await stateOf(device)).toEqual([])
    }
  })

  test('a connection lost at any operation loses and doubles nothing', async () => {
    for (let k = 1; k <= 40; k++) {
      const device = await makeDevice()
      const fault = loseConnectionAt(k)
      restore = fault.restore
      await keepFile(device, xml())
      await readWaiting(depsOf(device))
      fault.restore()
      expect([k, await numbersIn(device), await stateOf(device)]).toEqual([k, [first.number], []])
      if (!fault.happened()) break
    }
  })
})
