import type { Instant } from '../../domain/index.ts'
import { createForgetful } from './forgetful.ts'

/**
 * Whose question is asked first when many wait. Each further question of a device that waits has its turn six hours after the one before, so that
 * whoever asks one waits for nobody's hundred, and whoever asks a hundred gets ahead of those who come six hours after each.
 */
export interface Turns {
  /** The turn of the next question of a device. */
  next(device: string, now: Instant): Instant
  /** So many questions of a device wait since now. */
  waits(device: string, now: Instant, count: number): void
  /** What it asked is answered. */
  clear(device: string): void
}

/** Milliseconds between the turns of one device's questions. */
export const apartMs = 6 * 3_600_000
/** Devices that are kept; a forgotten one has its turn by the time it comes, as all others. */
const most = 200_000

export function createTurns(): Turns {
  const nexts = createForgetful<Instant>({ most, longestMs: 48 * 3_600_000 })
  const next: Turns['next'] = (device, now) => Math.max(now, nexts.get(device) ?? 0)

  return {
    next,
    waits(device, now, count) {
      if (count === 0) return
      nexts.use(device, next(device, now) + count * apartMs, now)
    },
    clear: (device) => nexts.delete(device),
  }
}
