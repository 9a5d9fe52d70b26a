import { type DegradedPicture, degradedPicture, type Manner } from '../../fixtures/degraded/index.ts'
import type { Decoder } from './decoders.ts'

/** What one decoder made of a set of pictures. */
export interface Score {
  readonly name: string
  readonly read: number
  readonly byManner: Readonly<Record<Manner, number>>
  /** Texts that are in no QR of the picture: there must be none. */
  readonly wrong: number
  /** Milliseconds a picture, sorted. */
  readonly times: readonly number[]
}

/** Every decoder on every picture, one picture after the other, so that a busy machine slows all of them alike. */
export async function measure(
  decoders: readonly Decoder[],
  seeds: readonly number[],
  onPicture?: (picture: DegradedPicture) => void,
): Promise<Score[]> {
  const scores = decoders.map(({ name }) => ({ name, read: 0, byManner: { poor: 0, bad: 0, chat: 0 }, wrong: 0, times: [] as number[] }))
  for (const seed of seeds) {
    const picture = degradedPicture(seed)
    onPicture?.(picture)
    for (const [i, decoder] of decoders.entries()) {
      const score = scores[i]!
      const start = performance.now()
      const texts = await decoder.read(picture)
      score.times.push(performance.now() - start)
      if (texts.includes(picture.text)) {
        score.read++
        score.byManner[picture.manner]++
      }
      if (texts.some((text) => text !== picture.text)) score.wrong++
    }
  }
  for (const { times } of scores) times.sort((a, b) => a - b)
  return scores
}

/** The value below which `share` of the sorted values lie. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** One line a decoder, for people. */
export function tableOf(scores: readonly Score[], count: number): string {
  const rows = scores.map(({ name, read, byManner, wrong, times }) => {
    const rate = `${read}/${count} (${((100 * read) / count).toFixed(1)}%)`
    const manners = `poor ${byManner.poor}, bad ${byManner.bad}, chat ${byManner.chat}`
    const time = times.length > 0 ? `median ${quantile(times, 0.5).toFixed(1)} ms, p95 ${quantile(times, 0.95).toFixed(0)} ms` : ''
    return `${name.padEnd(12)} ${rate.padEnd(16)} ${manners}; wrong ${wrong}; ${time}`
  })
  return rows.join('\n')
}
