import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, test } from 'vitest'
import { knownKeys } from '../../src/app/start/receipt-keys.ts'
import { adoptKeyText, checkReceipt, writeKeys, type CheckedReceipt } from '../../src/authenticity/index.ts'
import { createChannels } from '../../src/channels/index.ts'
import { fetchKeys, followCards, openReference, type AdoptKeys } from '../../src/reference/index.ts'
import { manualClock, settle } from '../fixtures/clock.ts'
import { seededRandom } from '../fixtures/device.ts'
import { fakeGateway, json } from '../fixtures/gateway.ts'
import { listOf, makeKey, receiptOf, signedList } from '../fixtures/receipts.ts'

const own = 'https://own.test'
const other = 'https://other.test'
const [first, second, foreign, root, thief] = await Promise.all([1, 2, 3, 8, 9].map((seed) => makeKey(seed)))
if (!first || !second || !foreign || !root || !thief) throw new Error('there are five')

const adopt: AdoptKeys = (kept, sent) => adoptKeyText(kept, sent, null)

/** A browser profile and two gateways, the second named by the first; `lists` is what each sends, undefined being a gateway without receipts. */
function world(lists: Record<string, unknown>) {
  const clock = manualClock()
  const gateway = fakeGateway(clock)
  const storage = { indexedDB: new IDBFactory(), IDBKeyRange, clock }
  const down = new Set<string>()
  const start = () =>
    createChannels({
      clock,
      random: seededRandom(),
      origins: [own],
      deviceId: async () => 'device',
      onLine: () => true,
      async fetch(url, init) {
        const { origin, pathname } = new URL(url)
        if (down.has(origin)) throw new TypeError('failed to fetch')
        if (pathname !== '/.well-known/piaozai.json') return gateway.fetch(url, init)
        const card = { product: 'piaozai', version: '1', receiptKeys: [], trustListVersion: null, smsNumber: null, statusHosts: [] }
        return json(200, { ...card, channels: [other], receiptKeyList: lists[origin] })
      },
    })
  return {
    lists,
    down,
    storage,
    reference: () => openReference(storage),
    start,
    /** A visit with a network. */
    async visit() {
      const reference = await openReference(storage)
      const channels = start()
      // Signatures are checked beside this thread: no count of turns is enough for them.
      const work: Promise<unknown>[] = []
      const adoptKeys: AdoptKeys = (kept, sent) => {
        const adopting = adopt(kept, sent)
        work.push(adopting)
        return adopting
      }
      const end = await followCards(reference, channels, { adoptKeys, takeTrustList: async () => {} })
      await channels.probe()
      for (let known = -1; known < work.length;) {
        known = work.length
        await settle(150)
        await Promise.all(work)
        await settle(150)
      }
      end()
      reference.close()
    },
    /** What the profile makes of a receipt, offline. */
    check: async (text: string): Promise<CheckedReceipt> => checkReceipt(text, await knownKeys(storage, own)),
  }
}

test('one visit is enough to check receipts offline, of the own gateway and of those it names', async () => {
  const { visit, check } = world({
    [own]: writeKeys(listOf([first.key])),
    [other]: writeKeys(listOf([foreign.key], { gateway: '邻家〉网关\u202e' })),
  })
  expect(await check(receiptOf(first))).toMatchObject({ is: 'uncheckable', because: 'unknown-key' })
  await visit()
  expect(await check(receiptOf(first))).toMatchObject({ is: 'valid', gateway: '示例网关' })
  expect(await check(receiptOf(foreign))).toMatchObject({ is: 'valid', gateway: '邻家网关 · other.test' })
})

test('a key that a newer list leaves out still checks the receipts of its time', async () => {
  const { lists, visit, check } = world({ [own]: writeKeys(listOf([first.key])) })
  await visit()
  lists[own] = writeKeys(listOf([second.key], { version: 2 }))
  await visit()
  expect(await check(receiptOf(first))).toMatchObject({ is: 'valid' })
  expect(await check(receiptOf(second))).toMatchObject({ is: 'valid' })
})

test('the root that the first list named stays the gateway’s: another one’s, none at all or a forged one changes nothing', async () => {
  const { lists, visit, check } = world({ [own]: signedList(listOf([first.key]), root) })
  await visit()
  const forged = signedList(listOf([second.key], { version: 2 }), root).replace('"version\\":2', '"version\\":3')
  for (const list of [signedList(listOf([second.key], { version: 9 }), thief), writeKeys(listOf([second.key], { version: 9 })), forged]) {
    lists[own] = list
    await visit()
    expect(await check(receiptOf(second))).toMatchObject({ is: 'uncheckable' })
    expect(await check(receiptOf(first))).toMatchObject({ is: 'valid' })
  }
  lists[own] = signedList(listOf([second.key], { version: 2 }), root)
  await visit()
  expect(await check(receiptOf(second))).toMatchObject({ is: 'valid' })
})

test.each([
  ['no JSON', '<html>'],
  ['another JSON', '{"keys":[]}'],
  ['a key with half its digits', writeKeys(listOf([{ ...first.key, publicKey: first.key.publicKey.slice(32) }]))],
  ['no version', writeKeys(listOf([first.key])).replace('"version":1', '"version":0')],
  ['more than is read', `${writeKeys(listOf([first.key]))}${' '.repeat(150_000)}`],
  ['no text at all', 5],
  ['a text beyond every bound', 'x'.repeat(300_000)],
])('a list that is %s is left alone, and what was known stays', async (_what, list) => {
  const { lists, visit, check } = world({ [own]: list })
  await visit()
  expect(await check(receiptOf(first))).toMatchObject({ is: 'uncheckable', because: 'unknown-key' })
  lists[own] = writeKeys(listOf([first.key]))
  await visit()
  lists[own] = list
  await visit()
  expect(await check(receiptOf(first))).toMatchObject({ is: 'valid' })
})

test('two tabs that take lists at the same time lose neither’s keys', async () => {
  const { storage, reference } = world({})
  const [here, there] = [await reference(), await reference()]
  const kept = await adopt(null, writeKeys(listOf([first.key])))
  expect(await here.keepKeys(own, null, kept ?? '')).toBe(true)
  // The other tab read before that, and must look again.
  const late = await adopt(null, writeKeys(listOf([second.key], { version: 2 })))
  expect(await there.keepKeys(own, null, late ?? '')).toBe(false)
  const both = await adopt(kept, writeKeys(listOf([second.key], { version: 2 })))
  expect(await there.keepKeys(own, kept, both ?? '')).toBe(true)
  const [known] = await knownKeys(storage, own)
  expect(known?.list.keys.map(({ kid }) => kid)).toEqual([second.key.kid, first.key.kid])
})

test('asked for now: the others’ keys come although the own gateway is gone, and that it is gone is told', async () => {
  const { down, start, reference, check } = world({ [other]: writeKeys(listOf([foreign.key])) })
  const channels = start()
  channels.alsoUse({ origins: [other], statusHosts: [] })
  down.add(own)
  expect(await fetchKeys(await reference(), channels, adopt)).toBe(false)
  expect(await check(receiptOf(foreign))).toMatchObject({ is: 'valid' })
})

test('what lies in the database in another shape is no list', async () => {
  const { reference, check } = world({})
  await (await reference()).keepKeys(own, null, '{"root":null,"list":5}')
  expect(await check(receiptOf(first))).toMatchObject({ is: 'uncheckable' })
})

test('a full device gives up what it fetched last, but not the keys; erasing takes those, too', async () => {
  const { visit, reference, check } = world({ [own]: writeKeys(listOf([first.key])) })
  await visit()
  const kept = await reference()
  expect((await kept.ways())?.value.origins).toEqual([other])
  await kept.makeRoom()
  expect(await kept.ways()).toBeNull()
  expect(await check(receiptOf(first))).toMatchObject({ is: 'valid' })
  await kept.erase()
  expect(await check(receiptOf(first))).toMatchObject({ is: 'uncheckable' })
})
