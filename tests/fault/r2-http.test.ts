import { expect, test } from 'vitest'
import { startProbing } from '../../src/channels/index.ts'
import { startDraining } from '../../src/outbox/index.ts'
import { captureMany } from '../fixtures/device.ts'
import { chanceOf } from './chance.ts'
import { faults, refusals, type Fault } from './http-faults.ts'
import { busiestHour, makeLinedDevice, passUntil, tapAll, unanswered } from './line.ts'

/** R2: whatever comes instead of a reply, only a validated answer settles a question; nothing is lost, hidden, asked twice or asked in a tight loop. */

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const captures = 5
const long = process.env['PIAOZAI_TEST_LONG'] !== undefined
/** Far more than the pauses allow on average, far less than a loop makes. */
const busiest = 120
const noEvents = { onChange: () => () => {}, visible: () => true }

interface Extent {
  readonly name: string
  /** How many batches meet the fault; Infinity: all of the time it lasts. */
  readonly batches: number
  readonly lasts: number
  /** Does it meet the status document, too, or the queries only? */
  readonly host: boolean
}

const aWhile = 40 * minute
const extents: readonly Extent[] = [
  { name: 'one request', batches: 1, lasts: 10 * day, host: true },
  { name: 'a while of queries', batches: Infinity, lasts: aWhile, host: false },
  { name: 'a while of everything', batches: Infinity, lasts: aWhile, host: true },
  ...(long ? [{ name: 'three requests, but no status request', batches: 3, lasts: 10 * day, host: false }] : []),
]

/** The line is bad for a while, then it is good again. Says what went wrong. */
async function liveUnder(fault: Fault, { batches, lasts, host }: Extent): Promise<string[]> {
  const line = await makeLinedDevice()
  const { device } = line
  await captureMany(device, captures)
  let met = 0
  line.fault = (ids) => {
    if (met >= batches || (ids.length === 0 && !host)) return null
    if (ids.length > 0) met++
    return fault
  }
  const { stop } = startDraining({ ...device, events: noEvents })
  const nothingLeft = async () => (await device.wallet.queries()).queries.every(({ state }) => state === 'needs-user')
  await passUntil(line, async () => met >= batches || (await nothingLeft()), lasts)
  if (line.met() === 0) return ['the fault never happened']
  line.fault = null
  const taps = await tapAll(line)
  const took = await passUntil(line, nothingLeft, fault.asksToWait ? day + hour : 6 * hour)
  // A gateway that is dead as a whole is looked for often; a row that alone gets no answer waits longer and longer.
  const allowed = fault.asksToWait ? day + minute : host && !fault.byRow ? 15 * minute + 1000 : 6 * hour
  const late = took === null || took > allowed ? [`answered after ${took ?? 'no'} ms`] : []
  const busy = busiestHour(line.requestedAt)
  stop()
  const wrong = await unanswered(line, captures, taps)
  device.wallet.close()
  return [...late, ...(busy > busiest ? [`${busy} requests within an hour`] : []), ...wrong]
}

test.each(faults)(
  '$name settles nothing it does not answer, and delays no longer than it must',
  async (fault) => {
    for (const extent of extents) expect([extent.name, await liveUnder(fault, extent)]).toEqual([extent.name, []])
  },
  120_000,
)

test.each(refusals)(
  '$name is shown to the person, who may ask again',
  async (fault) => {
    for (const extent of extents) expect([extent.name, await liveUnder(fault, extent)]).toEqual([extent.name, []])
  },
  120_000,
)

const schedules = long ? 1_000 : 20
/**
 * Days that once made a loop: a gateway that answers its status but no question was asked 295 times within an hour; one whose replies say nothing of
 * sixty questions 315 times, each of them alone.
 */
const found = [267_784, 896]
// Fixed seeds, and some that nobody has seen; FAULT_SEED replays them.
const freshSeed = Number(process.env['FAULT_SEED'] ?? Date.now() % 1_000_000)

test(`${schedules} random days of all these faults lose nothing, double nothing and make no tight loop`, async () => {
  console.log(`R2: fresh seed ${freshSeed} (FAULT_SEED=${freshSeed} replays it)`)
  for (let schedule = 0; schedule < schedules; schedule++) {
    const seed = found[schedule] ?? (schedule < schedules - 10 ? schedule : freshSeed + schedule)
    expect([seed, await liveBySeed(seed)]).toEqual([seed, []])
  }
  console.log(`R2: ${faults.length + refusals.length} faults, ${schedules} random schedules: 0 lost, 0 doubled`)
}, 600_000)

/** Hours of changing weather: a fault that stays, faults that change with every request, or calm; the app probes or it does not. */
async function liveBySeed(seed: number): Promise<string[]> {
  const chance = chanceOf(seed)
  const all = [...faults, ...refusals]
  const any = () => all[chance.below(all.length)] ?? null
  const line = await makeLinedDevice(seed)
  const { device } = line
  const { stop } = startDraining({ ...device, events: noEvents })
  const stopProbing = chance.below(2) === 0 ? startProbing({ ...device, events: noEvents }) : () => {}
  const taps: string[] = []
  let count = 0
  for (let phase = 0; phase < 3; phase++) {
    const more = chance.below(10) === 0 ? 60 : 1 + chance.below(4)
    await captureMany(device, more, count + 1)
    count += more
    const kind = chance.below(3)
    const staying = any()
    const host = chance.below(2) === 0
    line.fault = (ids) => {
      if (kind === 2 || (ids.length === 0 && !host)) return null
      return kind === 0 ? staying : chance.below(2) === 0 ? any() : null
    }
    await passUntil(line, () => false, (10 + chance.below(50)) * minute)
    if (chance.below(2) === 0) taps.push(...(await tapAll(line)))
  }
  line.fault = null
  const nothingDue = async () => (await device.wallet.queries()).queries.every(({ state }) => state === 'needs-user')
  const first = (await nothingDue()) ? 0 : await passUntil(line, nothingDue, 2 * day)
  taps.push(...(await tapAll(line)))
  const second = (await nothingDue()) ? 0 : await passUntil(line, nothingDue, 2 * day)
  stop()
  stopProbing()
  const busy = busiestHour(line.requestedAt)
  const wrong = await unanswered(line, count, taps)
  device.wallet.close()
  return [
    ...(first === null || second === null ? ['not answered within two days'] : []),
    ...(busy > 2 * busiest ? [`${busy} requests within an hour`] : []),
    ...wrong,
  ]
}
