import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, test } from 'vitest'
import { createChannels } from '../../src/channels/index.ts'
import { drain } from '../../src/outbox/index.ts'
import { followCards, openReference, useKeptWays } from '../../src/reference/index.ts'
import { manualClock, settle } from '../fixtures/clock.ts'
import { captureMany, makeDevice, seededRandom } from '../fixtures/device.ts'
import { fakeGateway, json } from '../fixtures/gateway.ts'

const own = 'https://own.test'
const other = 'https://other.test'
const statusHost = 'https://status.test'

/** Nothing is done with what cards say beside the ways. */
const none = { adoptKeys: async () => null, takeTrustList: async () => {} }

/** Two gateways and a status host; the first gateway's card names the other two. */
function world() {
  const clock = manualClock()
  const gateways: Record<string, ReturnType<typeof fakeGateway>> = {
    [own]: fakeGateway(clock),
    [other]: fakeGateway(clock),
    [statusHost]: fakeGateway(clock),
  }
  const down = new Set<string>()
  const cards: string[] = []
  const storage = { indexedDB: new IDBFactory(), IDBKeyRange, clock }
  const card = (channels: string[]) => ({
    ...{ product: 'piaozai', version: '1', receiptKeys: [], trustListVersion: null, smsNumber: null },
    statusHosts: [statusHost],
    channels,
  })
  /** A start of the app: channels that know their own origin only, beside what the last start kept. */
  function start() {
    const channels = createChannels({
      clock,
      random: seededRandom(),
      origins: [own],
      deviceId: async () => 'device',
      onLine: () => true,
      async fetch(url, init) {
        const { origin, pathname } = new URL(url)
        if (down.has(origin)) throw new TypeError('failed to fetch')
        if (pathname === '/.well-known/piaozai.json') {
          cards.push(origin)
          return json(200, card(origin === own ? [own, other, 'javascript:alert(1)', 'https://other.test/path'] : ['https://evil.test']))
        }
        const reply = pathname === '/status.json' ? '/api/v1/status' : pathname
        return gateways[origin]!.fetch(origin + reply, init)
      },
    })
    return channels
  }
  return { clock, gateways, down, cards, storage, start }
}

test('the other gateways are learnt from the own one, each card is read once, and they are used after a start at which it is gone', async () => {
  const { clock, gateways, down, cards, storage, start } = world()
  const first = start()
  await followCards(await openReference(storage), first, none)
  await first.probe()
  await settle()
  await first.probe()
  await settle()
  expect(cards).toEqual([own, other])

  down.add(own)
  const device = await makeDevice()
  const channels = start()
  await useKeptWays(await openReference(storage), channels)
  await captureMany(device, 3)
  expect(await drain({ ...device, channels })).toMatchObject({ settled: 3, stopped: null })
  expect(gateways[own]?.ledger).toEqual([])
  expect(gateways[other]?.ledger).toHaveLength(3)
  expect(clock.waiting).toBe(0)
})

test('a gateway that is gone takes its word with it: the one that answers in its place names no others', async () => {
  const { down, cards, storage, start } = world()
  const channels = start()
  channels.alsoUse({ origins: [other], statusHosts: [] })
  down.add(own)
  await followCards(await openReference(storage), channels, none)
  expect(await channels.probe()).toMatchObject({ is: 'up' })
  await settle()
  expect(cards).toEqual([other])
  expect(channels.origins()).toEqual([own, other])
})

test('a kept status host tells a dead gateway from a dead network', async () => {
  const { down, storage, start } = world()
  await (await openReference(storage)).keepWays({ origins: [], statusHosts: [statusHost] })
  down.add(own)
  const channels = start()
  await useKeptWays(await openReference(storage), channels)
  expect(await channels.probe()).toMatchObject({ is: 'gateway-down' })
  down.add(statusHost)
  expect(await channels.probe()).toMatchObject({ is: 'device-offline' })
})

test('erasing removes the database, and it can be used again', async () => {
  const { storage } = world()
  const reference = await openReference(storage)
  const names = async () => (await storage.indexedDB.databases()).map(({ name }) => name)
  await reference.keepWays({ origins: [other], statusHosts: [] })
  expect(await names()).toEqual(['piaozai-reference'])
  await reference.erase()
  expect(await names()).toEqual([])
  expect(await reference.ways()).toBeNull()
  await reference.keepWays({ origins: [other], statusHosts: [] })
  expect((await reference.ways())?.value.origins).toEqual([other])
})

test('while another tab uses it, too', async () => {
  const { storage } = world()
  const [here, there] = [await openReference(storage), await openReference(storage)]
  await there.keepWays({ origins: [other], statusHosts: [] })
  await here.erase()
  expect(await there.ways()).toBeNull()
  await there.keepWays({ origins: [other], statusHosts: [] })
  expect((await here.ways())?.value.origins).toEqual([other])
})
