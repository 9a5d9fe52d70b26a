import { readdirSync, readFileSync } from 'node:fs'
import { IDBFactory } from 'fake-indexeddb'
import { expect, test } from 'vitest'
import { drain } from '../../src/outbox/index.ts'
import { openWallet, WalletError, type Environment } from '../../src/wallet/index.ts'
import { versions } from '../../src/wallet/versions/index.ts'
import { makeDevice } from '../fixtures/device.ts'
import { freeze, thaw, type FrozenDatabase } from '../fixtures/frozen.ts'

/** R12: a wallet written by any released version opens, with everything in it, or says within two seconds why not. */

const folder = new URL('../fixtures/frozen/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.startsWith('wallet-v'))
const read = (file: string) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as FrozenDatabase

test('every version has its frozen dump (write a new one with tests/fixtures/freeze-wallet.ts)', () => {
  expect(files.sort()).toEqual(versions.map((_, at) => `wallet-v${at + 1}.json`).sort())
})

test.each(files)('%s opens with everything in it', async (file) => {
  const indexedDB = new IDBFactory()
  await thaw(indexedDB, 'piaozai-wallet', read(file))
  const began = performance.now()
  const { wallet } = await makeDevice({ indexedDB })
  expect(performance.now() - began).toBeLessThan(2000)

  const { entries, damaged } = await wallet.list()
  expect(damaged).toEqual([])
  expect(entries.map(({ status }) => (status.is === 'answered' ? status.verdict : status.is))).toEqual([
    'waiting',
    'incomplete',
    'mismatch',
    'needs-user',
    'waiting',
    'confirmed',
  ])
  const answered = await wallet.entry(entries.at(-1)?.entry.id ?? '')
  expect(answered?.shown.invoice).toMatchObject({
    amountExTax: 9435,
    seller: { name: '演示甲公司' },
    lines: [{ name: '*餐饮*餐费', tax: 566 }],
  })
  expect(answered?.entry.note).toMatchObject({ saw: 'match', text: '看到了' })
  const [original] = answered?.originals ?? []
  expect(original).toMatchObject({ name: '发票.pdf', type: 'application/pdf' })
  expect(new TextDecoder().decode((await wallet.original(original?.sha256 ?? ''))?.bytes)).toBe('%PDF-1.7 example')
  expect(entries[2]?.entry.conflicts).toMatchObject([{ field: 'amount' }])
  expect(await wallet.settings()).toMatchObject({ locale: 'en', deviceId: expect.stringMatching(/^[\w-]{22}$/) })
  const unread = await wallet.files()
  expect(unread.damaged).toEqual([])
  // Before the second version a file was read before anything was kept.
  expect(unread.files).toMatchObject(
    file === 'wallet-v1.json'
      ? []
      : [
          { name: 'waits.ofd', size: 1, state: { is: 'waiting', tries: 1 } },
          {
            name: 'archive.zip',
            size: 2,
            state: { is: 'look', found: 3, problems: [{ code: 'file-damaged', file: 'archive.zip/2.ofd' }], by: '0.1.0' },
          },
        ],
  )
  // Before the third version nobody judged signatures: what was kept is judged in its turn.
  const isJudged = file !== 'wallet-v1.json' && file !== 'wallet-v2.json'
  expect(answered?.seals).toMatchObject(
    isJudged ? [{ file: original?.sha256, seal: { verdict: 'partial', uncovered: ['the last 12 bytes'] } }] : [],
  )
  expect(answered?.entry.captures[0]?.seal?.verdict).toBe(isJudged ? 'partial' : undefined)
  expect(await wallet.toJudge('1.0')).toEqual(
    isJudged ? [] : [{ original: original?.sha256, files: [original?.sha256], entries: [answered?.entry.id] }],
  )
  expect(await wallet.lists()).toEqual({ operator: null, imported: isJudged ? '{"version":3}' : null })
  const outbox = await wallet.outbox()
  expect(outbox.queries.map(({ query }) => query.state).sort()).toEqual(['needs-user', 'parked', 'queued', 'queued'])
  expect(outbox.hold).not.toBeNull()
})

test.each(files)('what waits in %s is asked by this version', async (file) => {
  const indexedDB = new IDBFactory()
  await thaw(indexedDB, 'piaozai-wallet', read(file))
  const device = await makeDevice({ indexedDB })
  await device.clock.pass(24 * 3_600_000)
  expect(await drain(device, { eager: true })).toMatchObject({ settled: 3 })
})

test('freezing and thawing loses nothing', async () => {
  const indexedDB = new IDBFactory()
  const frozen = read('wallet-v1.json')
  await thaw(indexedDB, 'copy', frozen)
  expect(await freeze(indexedDB, 'copy')).toEqual(frozen)
})

test('a wallet that a newer app wrote is not touched: the person is told to update', async () => {
  const indexedDB = new IDBFactory()
  const frozen = { ...read(`wallet-v${versions.length}.json`), version: (versions.length + 1) * 10 }
  await thaw(indexedDB, 'piaozai-wallet', frozen)
  await expect(makeDevice({ indexedDB })).rejects.toMatchObject({ fault: 'newer' })
  expect(await freeze(indexedDB, 'piaozai-wallet')).toEqual(frozen)
})

test('a tab that does not let go of an older version is named within two seconds', async () => {
  const indexedDB = new IDBFactory()
  const stale = indexedDB.open('piaozai-wallet', 1)
  await new Promise((resolve) => (stale.onsuccess = resolve))
  const device = await makeDevice({})
  const environment: Environment = { ...device, indexedDB }
  const opening = openWallet(environment).catch((error: unknown) => error)
  await device.clock.pass(2000)
  const error = await opening
  expect(error).toBeInstanceOf(WalletError)
  expect(error).toMatchObject({ fault: 'blocked' })
})
