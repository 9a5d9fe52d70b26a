import { bandOf, median } from '../statistics.ts'
import { type DegradedPicture, degradedPicture, type Manner } from '../../fixtures/degraded/index.ts'
import type { Decoder } from './decoders.ts'

/** What one decoder made of a set of pictures. */
export interface Score {
  readonly name: string
  readonly read: number
  /** Which pictures were read, in their order. */
  readonly hits: readonly boolean[]
  readonly byManner: Readonly<Record<Manner, number>>
  /** Texts that are in no QR of the picture: there must be none. */
  readonly wrong: number
  /** Milliseconds for each picture, in their order. */
  readonly times: readonly number[]
}

/** Every decoder on every picture, one picture after the other, so that a busy machine slows all of them alike. */
export async function measure(
  decoders: readonly Decoder[],
  seeds: readonly number[],
  onPicture?: (picture: DegradedPicture) => void,
): Promise<Score[]> {
  const scores = decoders.map(({ name }) => emptyScore(name))
  for (const seed of seeds) {
    const picture = degradedPicture(seed)
    onPicture?.(picture)
    for (const [i, decoder] of decoders.entries()) {
      const score = scores[i]!
      const start = performance.now()
      const texts = await decoder.read(picture)
      score.times.push(performance.now() - start)
      const hit = texts.includes(picture.text)
      score.hits.push(hit)
      if (hit) {
        score.read++
        score.byManner[picture.manner]++
      }
      if (texts.some((text) => text !== picture.text)) score.wrong++
    }
  }
  return scores
}

/** A score before the first picture, to be filled. */
export function emptyScore(name: string) {
  return { name, read: 0, byManner: { poor: 0, bad: 0, chat: 0 }, hits: [] as boolean[], wrong: 0, times: [] as number[] }
}

/** One line a decoder, for people. */
export function tableOf(scores: readonly Score[], count: number): string {
  const rows = scores.map(({ name, read, byManner, wrong, times }) => {
    const rate = `${read}/${count} (${((100 * read) / count).toFixed(1)}%)`
    const manners = `poor ${byManner.poor}, bad ${byManner.bad}, chat ${byManner.chat}`
    const time = times.length > 0 ? `median ${median(times).toFixed(1)} ms, p95 ${bandOf(times)[1].toFixed(0)} ms` : ''
    return `${name.padEnd(12)} ${rate.padEnd(16)} ${manners}; wrong ${wrong}; ${time}`
  })
  return rows.join('\n')
}
