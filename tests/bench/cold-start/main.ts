/**
 * `node tests/bench/cold-start/main.ts`: how soon something is seen, and the wallet can be used, when the app is opened without a network
 * and its worker has to be started; beside a static page that the same worker serves. A table on stderr, one JSON line a figure on stdout.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bandOf, median } from '../statistics.ts'
import { openBench } from './stage.ts'

const rounds = Number(process.argv[2] ?? 21)
const warmUp = 2
const invoices = 1_000
const goals = { 'first-contentful-paint': 1.1, 'wallet-list': 1.5 } as const

const folder = mkdtempSync(join(tmpdir(), 'piaozai-cold-'))
const stage = await openBench(folder, invoices)
try {
  const base: number[] = []
  const mine = { 'first-contentful-paint': [] as number[], 'wallet-list': [] as number[] }
  for (let round = -warmUp; round < rounds; round++) {
    // Interleaved, and each goes first in half of the rounds: a busy machine slows both.
    const appFirst = round % 2 === 0
    const before = appFirst ? null : await stage.staticPage()
    const app = await stage.app()
    const still = before ?? (await stage.staticPage())
    if (round < 0) continue
    base.push(still)
    mine['first-contentful-paint'].push(app.painted)
    mine['wallet-list'].push(app.interactive)
  }
  for (const [metric, values] of Object.entries(mine) as [keyof typeof goals, number[]][]) {
    const ratios = values.map((value, i) => value / (base[i] ?? Number.NaN))
    const ratio = median(ratios)
    const figure = {
      bench: 'cold-start',
      metric,
      value: round1(median(values)),
      unit: 'ms',
      baseline: { name: 'static page of the same worker', value: round1(median(base)) },
      ratio: round3(ratio),
      band: bandOf(ratios).map(round3),
      rounds,
    }
    console.log(JSON.stringify(figure))
    console.error(
      `${metric.padEnd(24)} ${figure.value} ms, static page ${figure.baseline.value} ms, ratio ${figure.ratio} [${figure.band.join(', ')}], goal ${goals[metric]}, ${invoices} invoices`,
    )
    if (metric === 'first-contentful-paint' && ratio > goals[metric]) process.exitCode = 1
  }
} finally {
  await stage.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

function round1(value: number): number {
  return Math.round(value * 10) / 10
}

function round3(value: number): number {
  return Math.round(value * 1000) / 1000
}
