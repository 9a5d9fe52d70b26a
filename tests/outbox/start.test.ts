import { expect, test } from 'vitest'
import { startDraining } from '../../src/outbox/index.ts'
import { captureMany, makeDevice, rowsOf, type Device } from '../fixtures/device.ts'
import { rowsRead } from '../fixtures/rows-read.ts'

/** Events of a page that the test fires. */
function page() {
  const listeners = new Set<(why: 'online' | 'offline' | 'visible') => void>()
  return {
    fire: (why: 'online' | 'offline' | 'visible') => [...listeners].forEach((run) => run(why)),
    events: {
      visible: () => true,
      onChange(run: (why: 'online' | 'offline' | 'visible') => void) {
        listeners.add(run)
        return () => listeners.delete(run)
      },
    },
  }
}

const refuse = () => Promise.reject(new TypeError('failed to fetch'))

async function waitingDevice(): Promise<Device> {
  const device = await makeDevice()
  device.gateway.network = refuse
  await captureMany(device, 1)
  return device
}

test('what waits is sent at start', async () => {
  const device = await makeDevice()
  await captureMany(device, 2)
  const { stop } = startDraining({ ...device, events: page().events })
  await device.clock.pass(10)
  expect(await rowsOf(device)).toEqual([])
  stop()
})

test('a capture while the app is open is sent without anybody asking', async () => {
  const device = await makeDevice()
  const { stop } = startDraining({ ...device, events: page().events })
  await device.clock.pass(5000)
  await captureMany(device, 1)
  await device.clock.pass(10)
  expect(await rowsOf(device)).toEqual([])
  stop()
})

test.each(['online', 'visible'] as const)('%s drains at once, whatever pause there is', async (why) => {
  const device = await waitingDevice()
  const { fire, events } = page()
  const { stop } = startDraining({ ...device, events })
  await device.clock.pass(10)
  device.gateway.network = () => undefined
  fire(why)
  await device.clock.pass(10)
  expect(await rowsOf(device)).toEqual([])
  stop()
})

test('during a pause a new question waits for its end, and nothing is read to find that out', async () => {
  const device = await makeDevice()
  device.gateway.network = refuse
  await captureMany(device, 60)
  const { stop } = startDraining({ ...device, events: page().events })
  await device.clock.pass(1500)
  const asked = device.gateway.posts().length
  const read = await rowsRead(async () => {
    await captureMany(device, 1, 61)
    await device.clock.pass(10)
  })
  expect(read).toBeLessThan(60)
  expect(device.gateway.posts()).toHaveLength(asked)
  device.gateway.network = () => undefined
  await device.clock.pass(15_000)
  expect(await rowsOf(device)).toEqual([])
  stop()
})

test('a gateway that is found again by a probe drains at once', async () => {
  const device = await waitingDevice()
  const { stop } = startDraining({ ...device, events: page().events })
  await device.clock.pass(10)
  device.gateway.network = () => undefined
  await device.channels.probe()
  await device.clock.pass(10)
  expect(await rowsOf(device)).toEqual([])
  stop()
})

test('a gateway that comes and goes is not run after: each time it was found in vain, the next time counts later', async () => {
  const device = await waitingDevice()
  // It falls over whenever it is asked something, and is up again when the page looks after it.
  let fallen = false
  device.gateway.network = (url) => {
    const isUp = url.endsWith('/status') && !fallen
    fallen = !isUp && !fallen
    return isUp ? undefined : Promise.reject(new TypeError('Failed to fetch'))
  }
  const { stop } = startDraining({ ...device, events: page().events })
  for (let probes = 0; probes < 720; probes++) {
    await device.channels.probe()
    await device.clock.pass(5000)
  }
  expect(device.gateway.posts().length).toBeGreaterThan(5)
  expect(device.gateway.posts().length).toBeLessThan(40)
  device.gateway.network = () => undefined
  await device.clock.pass(3_600_000)
  expect(await rowsOf(device)).toEqual([])
  stop()
})

test('a gateway whose status falls over with the last row of every batch is asked less and less', async () => {
  const device = await makeDevice()
  const bad = () => Promise.resolve(new Response('', { status: 502 }))
  await captureMany(device, 5)
  let last = 0
  device.gateway.network = (url, _init, ids) => {
    if (url.endsWith('/status')) return last === 1 ? bad() : undefined
    last = ids.length
    return bad()
  }
  const { stop } = startDraining({ ...device, events: page().events })
  await device.clock.pass(3_600_000)
  expect(device.gateway.requests.length).toBeGreaterThan(20)
  expect(device.gateway.requests.length).toBeLessThan(200)
  device.gateway.network = () => undefined
  await device.clock.pass(3_600_000)
  expect(await rowsOf(device)).toEqual([])
  stop()
})

test('a capture a moment after the last drain is sent at once, too', async () => {
  const device = await makeDevice()
  const { stop } = startDraining({ ...device, events: page().events })
  await captureMany(device, 1)
  await device.clock.pass(10)
  await captureMany(device, 1, 2)
  await device.clock.pass(10)
  expect(await rowsOf(device)).toEqual([])
  stop()
})

test('somebody who says "at once" for an hour is asked about once a minute', async () => {
  const device = await waitingDevice()
  device.gateway.network = () => Promise.resolve(new Response('', { status: 429, headers: { 'retry-after': '0' } }))
  const { stop } = startDraining({ ...device, events: page().events })
  await device.clock.pass(3_600_000)
  expect(device.gateway.posts().length).toBeGreaterThan(20)
  expect(device.gateway.posts().length).toBeLessThan(90)
  stop()
})

test('without any event the timer drains; the pauses grow, but never beyond a quarter of an hour', async () => {
  const device = await waitingDevice()
  const { stop } = startDraining({ ...device, events: page().events })
  await device.clock.pass(4 * 3_600_000)
  const tries = device.gateway.posts().length
  expect(tries).toBeGreaterThan(16)
  expect(tries).toBeLessThan(80)
  device.gateway.network = () => undefined
  await device.clock.pass(900_000)
  expect(await rowsOf(device)).toEqual([])
  stop()
})

test('a parked question is asked again by itself when its time has come', async () => {
  const device = await makeDevice()
  device.gateway.say = () => ({ say: 'park', retryAfter: 120 })
  await captureMany(device, 1)
  const { stop } = startDraining({ ...device, events: page().events })
  await device.clock.pass(1000)
  device.gateway.resume()
  device.gateway.say = () => ({ say: 'answer' })
  await device.clock.pass(200_000)
  expect(await rowsOf(device)).toEqual([])
  stop()
})

test('with nothing to send there is no timer, and after the end nothing is sent any more', async () => {
  const device = await makeDevice()
  const { drainNow, stop } = startDraining({ ...device, events: page().events })
  await device.clock.pass(10_000)
  expect(device.clock.waiting).toBe(0)
  stop()
  await captureMany(device, 1)
  drainNow()
  await device.clock.pass(60_000)
  expect(await rowsOf(device)).toHaveLength(1)
})

test('Background Sync is asked for where the browser has it, and its refusal changes nothing', async () => {
  const device = await waitingDevice()
  const tags: string[] = []
  const registration = async () => ({
    sync: { register: async (tag: string) => void tags.push(tag) },
    periodicSync: { register: async () => Promise.reject(new DOMException('no', 'NotAllowedError')) },
  })
  const { stop } = startDraining({ ...device, events: page().events, registration })
  await device.clock.pass(10)
  expect(tags).toContain('piaozai-drain')
  stop()
})
