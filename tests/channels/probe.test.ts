import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, test } from 'vitest'
import { createChannels, startProbing } from '../../src/channels/index.ts'
import { keepStatus, openReference } from '../../src/reference/index.ts'
import { manualClock, settle } from '../fixtures/clock.ts'
import { seededRandom } from '../fixtures/device.ts'
import { json, problemResponse, statusDocument } from '../fixtures/gateway.ts'

interface World {
  gateway: 'up' | 'authority-down' | 'refuses' | 'error' | 'portal' | 'busy'
  statusHost: 'up' | 'down' | 'none'
  onLine: boolean
}

function channelsIn(world: World) {
  const clock = manualClock()
  const requests: string[] = []
  const channels = createChannels({
    clock,
    random: seededRandom(),
    origins: ['https://gateway.test'],
    statusHosts: world.statusHost === 'none' ? [] : ['https://status.test'],
    deviceId: async () => 'device',
    onLine: () => world.onLine,
    async fetch(url) {
      requests.push(url)
      if (url.startsWith('https://status.test')) {
        if (world.statusHost === 'down') throw new TypeError('failed to fetch')
        return json(200, statusDocument(clock.now()))
      }
      switch (world.gateway) {
        case 'refuses':
          throw new TypeError('failed to fetch')
        case 'error':
          return new Response('', { status: 502 })
        case 'portal':
          return new Response('<html>', { headers: { 'content-type': 'text/html' } })
        case 'busy':
          return problemResponse('overloaded', { 'retry-after': '5' })
        case 'up':
          return json(200, statusDocument(clock.now(), 'up'))
        case 'authority-down':
          return json(200, statusDocument(clock.now(), 'down'))
      }
    },
  })
  return { clock, channels, requests, world }
}

test.each<[World, string]>([
  [{ gateway: 'up', statusHost: 'none', onLine: true }, 'up'],
  [{ gateway: 'up', statusHost: 'none', onLine: false }, 'up'],
  [{ gateway: 'busy', statusHost: 'none', onLine: true }, 'up'],
  [{ gateway: 'authority-down', statusHost: 'none', onLine: true }, 'authority-down'],
  [{ gateway: 'refuses', statusHost: 'none', onLine: true }, 'gateway-down'],
  [{ gateway: 'refuses', statusHost: 'none', onLine: false }, 'device-offline'],
  [{ gateway: 'refuses', statusHost: 'up', onLine: true }, 'gateway-down'],
  [{ gateway: 'refuses', statusHost: 'up', onLine: false }, 'gateway-down'],
  [{ gateway: 'refuses', statusHost: 'down', onLine: true }, 'device-offline'],
  [{ gateway: 'error', statusHost: 'down', onLine: true }, 'gateway-down'],
  [{ gateway: 'portal', statusHost: 'down', onLine: true }, 'device-offline'],
  [{ gateway: 'portal', statusHost: 'up', onLine: true }, 'gateway-down'],
])('%o is %s', async (world, is) => {
  const { channels } = channelsIn(world)
  expect((await channels.probe()).is).toBe(is)
})

test("a login page in the gateway's place is told as such", async () => {
  const { channels } = channelsIn({ gateway: 'portal', statusHost: 'none', onLine: true })
  expect(await channels.probe()).toMatchObject({ is: 'device-offline', captured: true })
})

test('the state says since when, and since when the authority itself says so', async () => {
  const { channels, clock, world } = channelsIn({ gateway: 'refuses', statusHost: 'none', onLine: true })
  const began = clock.now()
  await channels.probe()
  clock.jump(50_000)
  expect(await channels.probe()).toMatchObject({ is: 'gateway-down', since: began, asOf: began + 50_000 })
  world.gateway = 'authority-down'
  expect(await channels.probe()).toMatchObject({ is: 'authority-down', since: clock.now() - 60_000 })
})

test('the last report stays readable while nobody can be reached', async () => {
  const { channels, clock, world } = channelsIn({ gateway: 'up', statusHost: 'none', onLine: true })
  await channels.probe()
  const asOf = clock.now()
  world.gateway = 'refuses'
  clock.jump(3_600_000)
  expect(await channels.probe()).toMatchObject({ is: 'gateway-down', report: { asOf } })
})

test('probes at the same time are one', async () => {
  const { channels, requests } = channelsIn({ gateway: 'up', statusHost: 'none', onLine: true })
  await Promise.all([channels.probe(), channels.probe(), channels.probe()])
  expect(requests).toHaveLength(1)
})

test('while all is well it is asked about once a minute, sooner while something is down, and not at all while hidden', async () => {
  const { channels, clock, requests, world } = channelsIn({ gateway: 'up', statusHost: 'none', onLine: true })
  let visible = true
  let fire = () => {}
  const events = { visible: () => visible, onChange: (run: (why: 'visible') => void) => ((fire = () => run('visible')), () => {}) }
  const stop = startProbing({ channels, clock, random: seededRandom(), events })
  await clock.pass(600_000)
  expect(requests.length).toBeGreaterThan(6)
  expect(requests.length).toBeLessThan(21)

  world.gateway = 'refuses'
  fire()
  const before = requests.length
  await clock.pass(60_000)
  expect(requests.length - before).toBeGreaterThan(3)

  visible = false
  await clock.pass(200_000)
  const hidden = requests.length
  await clock.pass(3_600_000)
  expect(requests).toHaveLength(hidden)
  visible = true
  fire()
  await settle()
  expect(requests).toHaveLength(hidden + 1)
  stop()
  await clock.pass(3_600_000)
  expect(requests).toHaveLength(hidden + 1)
})

test('the last known status is there after a reload without a network, with its own age', async () => {
  const storage = { indexedDB: new IDBFactory(), IDBKeyRange }
  const before = channelsIn({ gateway: 'up', statusHost: 'none', onLine: true })
  await keepStatus(await openReference({ ...storage, clock: before.clock }), before.channels)
  await before.channels.probe()
  await settle()

  const after = channelsIn({ gateway: 'refuses', statusHost: 'none', onLine: false })
  await keepStatus(await openReference({ ...storage, clock: after.clock }), after.channels)
  expect(after.channels.state.value).toMatchObject({ is: 'unknown', report: { asOf: before.clock.now() } })
})

test('a reference database that does not work changes nothing', async () => {
  const broken = {
    open: () => {
      throw new DOMException('no', 'SecurityError')
    },
  } as unknown as IDBFactory
  const reference = await openReference({ indexedDB: broken, IDBKeyRange, clock: manualClock() })
  expect(await reference.status()).toBeNull()
  await reference.erase()
})
