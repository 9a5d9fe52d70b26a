import { expect, test } from 'vitest'
import { createFileKeeper, keepEach, keeperHere, type FileKeeper, type KeeperWorker, type Keeping } from '../../src/capture/index.ts'
import type { Original } from '../../src/wallet/index.ts'
import { anotherTab, makeDevice, type Device } from '../fixtures/device.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text).slice().buffer
const original = async ({ wallet }: Device, text: string): Promise<Original> => ({
  sha256: await wallet.fingerprint(bytesOf(text)),
  name: `${text}.xml`,
  type: '',
  bytes: bytesOf(text),
})

/** A worker as the browser has it: another wallet on the same disk, to which bytes are moved. `fail` is its end over the next request. */
function workerOn(keeper: FileKeeper) {
  let failing = false
  const worker: KeeperWorker & { fail(): void } = {
    onmessage: null,
    onerror: null,
    async postMessage(message, transfer) {
      const request = structuredClone(message, { transfer })
      if (failing) {
        await Promise.resolve()
        worker.onerror?.({ preventDefault() {} })
        return
      }
      const { id, is } = request
      const value = await (is === 'open'
        ? keeper.open(request.file)
        : is === 'keep'
          ? keeper.keep(request.files)
          : keeper.original(request.sha256))
      worker.onmessage?.({ data: { id, value } })
    },
    terminate: () => (failing = false),
    fail: () => (failing = true),
  }
  return worker
}

async function deviceWithWorker() {
  const device = await makeDevice()
  const worker = workerOn(keeperHere(await anotherTab(device)))
  const heard: string[] = []
  const side = { clock: device.clock, here: keeperHere(device), heard: (files: readonly string[]) => void heard.push(...files) }
  return { device, worker, heard, keeper: createFileKeeper(() => worker, side) }
}

test('files are opened, kept and fetched by the worker; the page passes their bytes on and has none of them left', async () => {
  const { device, heard, keeper } = await deviceWithWorker()
  const opened = await keeper.open(new Blob(['<a/>']))
  expect(opened?.sha256).toBe((await original(device, '<a/>')).sha256)
  const file = { ...opened!, name: 'a.xml', type: '' }
  expect(await keepEach({}, keeper, [file])).toEqual([{ sha256: file.sha256, again: false }])
  expect(file.bytes.byteLength).toBe(0)
  expect(heard).toEqual([file.sha256])
  expect(new TextDecoder().decode((await keeper.original(file.sha256))?.bytes)).toBe('<a/>')
  expect((await device.wallet.files()).files).toMatchObject([{ name: 'a.xml', state: { is: 'waiting' } }])
})

test('what a worker of this page committed is there at the next look, though the browser has not told of it yet', async () => {
  const device = await makeDevice()
  expect((await device.wallet.files()).files).toEqual([])
  const row = { sha256: 'f1', name: '1.xml', type: '', size: 1, at: 1, state: 'waiting', tries: 0 }
  await new Promise<void>((resolve, reject) => {
    const opening = device.indexedDB.open('piaozai-wallet')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const transaction = opening.result.transaction('files', 'readwrite')
      transaction.objectStore('files').put(row)
      transaction.oncomplete = () => resolve(opening.result.close())
    }
  })
  expect((await device.wallet.files()).files).toEqual([])
  device.wallet.heard(['f1'])
  expect((await device.wallet.files()).files).toMatchObject([{ sha256: 'f1' }])
})

test('a worker that ends over a file, or cannot be started, is done without: opening and fetching happen here, and what went down with it is told', async () => {
  const { device, worker, keeper } = await deviceWithWorker()
  const file = await original(device, '<a/>')
  worker.fail()
  expect(await keepEach({}, keeper, [file])).toEqual([{ sha256: file.sha256, fault: null }])
  worker.fail()
  expect((await keeper.open(new Blob(['<a/>'])))?.sha256).toBe(file.sha256)
  const none = createFileKeeper(
    () => {
      throw new Error('no workers')
    },
    { clock: device.clock, here: keeperHere(device), heard() {} },
  )
  expect((await none.open(new Blob(['<a/>'])))?.sha256).toBe(file.sha256)
  expect(await none.original(file.sha256)).toBeNull()
})

test('on a full device the room is made by the page, and then each file is kept that there is room for', async () => {
  const device = await makeDevice()
  const calls: string[] = []
  const files = [await original(device, 'small'), await original(device, 'large')]
  /** Has no room for the large one. */
  const keeper: FileKeeper = {
    ...keeperHere(device),
    async keep(some): Promise<Keeping> {
      calls.push(some.map(({ name }) => name).join(' '))
      return some.some(({ name }) => name === 'large.xml') ? { is: 'not', fault: 'full', files: some } : keeperHere(device).keep(some)
    },
  }
  const deps = { makeRoom: async () => void calls.push('room') }
  expect(await keepEach(deps, keeper, files)).toEqual([
    { sha256: files[0]!.sha256, again: false },
    { sha256: files[1]!.sha256, fault: 'full' },
  ])
  const both = 'small.xml large.xml'
  expect(calls).toEqual([both, 'room', both, 'small.xml', 'large.xml', 'room', 'large.xml'])
})
