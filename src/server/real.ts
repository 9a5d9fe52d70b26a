import { setTimeout as delay } from 'node:timers/promises'
import type { Clock } from './clock.ts'
import { randomBytes } from './random-pool.ts'
import type { Random } from './random.ts'

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    delay(ms, undefined, signal && { signal }).then(
      () => undefined,
      () => undefined,
    ),
}

/** The machine's own randomness. */
export const systemRandom: Random = {
  fraction: () => Math.random(),
  bytes: randomBytes,
}
