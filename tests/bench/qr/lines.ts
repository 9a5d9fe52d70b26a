import { seeded } from '../../fixtures/qr-payload.ts'
import { bandOf, median } from '../statistics.ts'
import type { Score } from './measure.ts'

/** How often the pictures are drawn anew to see how much of a rate is luck. */
const draws = 1000

/** Rate and time beside one baseline on the same pictures. The band is of the ratio: for the rate over pictures drawn anew, for the time over the pictures. */
export function linesOf(mine: Score, baseline: Score) {
  const rounds = mine.hits.length
  const rate = (hits: readonly boolean[]) => hits.filter(Boolean).length / rounds
  const ratios = mine.times.map((time, picture) => time / (baseline.times[picture] ?? Number.NaN))
  return [
    {
      bench: 'qr',
      metric: 'rate',
      value: round(rate(mine.hits)),
      unit: '1',
      baseline: { name: baseline.name, value: round(rate(baseline.hits)) },
      ratio: round(rate(mine.hits) / rate(baseline.hits)),
      band: bandOf(drawnAnew(mine, baseline)).map(round),
      rounds,
    },
    {
      bench: 'qr',
      metric: 'median time of a picture',
      value: round(median(mine.times)),
      unit: 'ms',
      baseline: { name: baseline.name, value: round(median(baseline.times)) },
      ratio: round(median(ratios)),
      band: bandOf(ratios).map(round),
      rounds,
    },
  ]
}

function drawnAnew(mine: Score, baseline: Score): number[] {
  const fraction = seeded(1)
  return Array.from({ length: draws }, () => {
    let [own, other] = [0, 0]
    for (let count = 0; count < mine.hits.length; count++) {
      const picture = Math.floor(fraction() * mine.hits.length)
      if (mine.hits[picture]) own++
      if (baseline.hits[picture]) other++
    }
    return own / other
  })
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
