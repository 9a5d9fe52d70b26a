/**
 * `piaozai bench drain`: what happens when service returns to 100,000 devices with five questions each, on virtual time, at three source rates, beside
 * clients without a gateway that holds their questions; then 2,000 live devices on the loopback. A table on stderr, one JSON line a figure on stdout.
 * PIAOZAI_DRAIN_DEVICES makes it smaller, the rates with it; a part of it is one rate, such as `node main.ts 0`, or `node main.ts live`.
 */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { chanceOf } from '../../fault/chance.ts'
import { nodeArgs } from '../../../src/cli/bench/checkout.ts'
import { herd, type Retrying } from './baseline.ts'
import { drainLive } from './live.ts'
import { drainOnce, type Drained } from './world.ts'

const devices = Number(process.env['PIAOZAI_DRAIN_DEVICES'] ?? 100_000)
const each = 5
const capacity = 200
/** Calls a second for 100,000 devices: half an hour, a quarter of one and eight minutes without losing a moment. */
const rates = [250, 500, 1000].map((rate) => Math.max(1, Math.round((rate * devices) / 100_000)))
const seed = 20_261_124
const liveDevices = 2000

const metrics = {
  'time-to-ideal': { of: (one: Drained) => one.seconds / one.ideal, most: 1.02 },
  'messages-per-device': { of: (one: Drained) => one.messagesPerDevice, most: 2.2 },
  'peak-to-capacity': { of: (one: Drained) => one.peakToCapacity, most: 1 },
  jain: { of: (one: Drained) => one.jain, least: 0.99 },
} as const satisfies Record<string, { of: (one: Drained) => number; most?: number; least?: number }>
type Metric = keyof typeof metrics

const round = (value: number) => Math.round(value * 1000) / 1000
const own = fileURLToPath(import.meta.url)
const [part] = process.argv.slice(2)

if (part === undefined) await everything()
else if (part === 'live') await live()
else console.log(JSON.stringify(await drainOnce({ devices, each, perSecond: rates[Number(part)] ?? 1, seed: seed + Number(part) })))

async function everything(): Promise<void> {
  const run = promisify(execFile)
  const drains = await Promise.all(
    rates.map(async (_, index) => JSON.parse((await run(process.execPath, [...nodeArgs, own, String(index)])).stdout) as Drained),
  )
  const baselineDevices = Math.min(10_000, devices)
  for (const [index, perSecond] of rates.entries()) {
    const drained = drains[index]
    if (!drained) continue
    const plan = { devices: baselineDevices, each, perSecond: Math.max(1, Math.round((perSecond * baselineDevices) / devices)), seed }
    const beside = (['full jitter', 'constant Retry-After'] as const).map((name): [Retrying, Drained] => [
      name,
      // The same announced capacity for each device.
      herd(name, plan, chanceOf(seed), (capacity * baselineDevices) / devices),
    ])
    tell(`${perSecond} calls/s`, drained, beside)
    if (drained.lost > 0 || drained.calls !== devices * each) {
      console.error(`${drained.lost} devices without their answers, ${drained.calls} calls for ${devices * each} questions`)
      process.exitCode = 1
    }
  }
  await live()
}

async function live(): Promise<void> {
  const drained = await drainLive({ devices: liveDevices, each, capacity })
  const doubled = drained.calls - liveDevices * each
  console.error(
    `live: ${liveDevices} devices, all answers in hand after ${drained.seconds.toFixed(1)} s, ${drained.messagesPerDevice.toFixed(2)} messages a device,`,
  )
  console.error(`      peak ${drained.peakToCapacity.toFixed(2)} of capacity, ${drained.lost} lost, ${doubled} asked twice`)
  for (const [metric, value, unit] of [
    ['live messages-per-device', drained.messagesPerDevice, '1'],
    ['live peak-to-capacity', drained.peakToCapacity, '1'],
    ['live lost', drained.lost, '1'],
    ['live asked twice', doubled, '1'],
  ] as const) {
    console.log(JSON.stringify({ bench: 'drain', metric, value: round(value), unit, baseline: null, ratio: null, band: null, rounds: 1 }))
  }
  if (drained.lost > 0 || doubled > 0) process.exitCode = 1
}

function tell(what: string, drained: Drained, beside: readonly [Retrying, Drained][]): void {
  console.error(`${what}: ideal ${drained.ideal.toFixed(0)} s`)
  for (const metric of Object.keys(metrics) as Metric[]) {
    const { of, ...goal } = metrics[metric]
    const value = of(drained)
    const isMet = 'most' in goal ? value <= goal.most : value >= goal.least
    const others = beside.map(([name, one]) => `${name} ${of(one).toFixed(3)}`).join(', ')
    console.error(`  ${isMet ? 'ok    ' : 'MISSED'} ${metric.padEnd(20)} ${value.toFixed(3)}   (${others})`)
    if (!isMet) process.exitCode = 1
    for (const [name, one] of beside) {
      const baseline = { name, value: round(of(one)) }
      const ratio = round(value / of(one))
      console.log(
        JSON.stringify({
          bench: 'drain',
          metric: `${metric} at ${what}`,
          value: round(value),
          unit: '1',
          baseline,
          ratio,
          band: [ratio, ratio],
          rounds: 1,
        }),
      )
    }
  }
}
