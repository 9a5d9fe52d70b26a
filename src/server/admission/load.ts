import type { Clock } from '../clock.ts'

/** How hard this process has to work. */
export interface Readings {
  /** Milliseconds by which the event loop was late at most, lately. */
  readonly delayMs: number
  /** Share of the memory that the process may have, 0 to 1. */
  readonly memory: number
}

/** What is too much: the loop is late, the memory is nearly spent, or too many requests wait inside. */
export type Pressure = 'event-loop' | 'memory' | 'queue'

/** Sheds load before it hurts those who are inside. */
export interface Load {
  /** Lets a request in, which must be told when it `leave`s; or says that there is no room now. */
  enter(): boolean
  leave(): void
  /** Requests inside. */
  inside(): number
  /** Requests that were sent away since the start. */
  shed(): number
  /** Why only the announced rate is taken now; null: everybody is. */
  pressure(): Pressure | null
}

export interface LoadNeeds {
  readonly clock: Clock
  readonly readings: () => Readings
  /** Requests a second the gateway announces that it takes. */
  readonly perSecond: number
}

const limits = { delayMs: 100, memory: 0.85, inside: 2000 } as const
/** Milliseconds between two looks at the readings. */
const lookMs = 100
/** Milliseconds for which all must have been calm, and no more asked than is announced, before everybody is let in again. */
const calmMs = 3000
/** Seconds of the announced rate that may come at once: a few devices on a slow machine are no flood. */
const burst = 0.5

/**
 * While nothing presses everybody is let in. Under pressure it is the announced rate and no more, the others get a time to come back at: so what is
 * let in is answered as fast as ever, and the gateway does as much as it promised, however many come. Pressure that ends only because others
 * are sent away has not ended.
 */
export function createLoad({ clock, readings, perSecond }: LoadNeeds): Load {
  const most = Math.max(1, perSecond * burst)
  let inside = 0
  let shed = 0
  let pressure: Pressure | null = null
  let looked = { at: -Infinity, asked: 0 }
  let calmSince = 0
  let tokens = most
  let filledAt = 0

  function look(now: number): void {
    const passed = now - looked.at
    if (passed >= 0 && passed < lookMs) return
    const { delayMs, memory } = readings()
    const found: Pressure | null =
      delayMs > limits.delayMs ? 'event-loop' : memory > limits.memory ? 'memory' : inside > limits.inside ? 'queue' : null
    const isFlood = passed >= 0 && passed < 10 * lookMs && (looked.asked * 1000) / passed > perSecond
    looked = { at: now, asked: 0 }
    if (found !== null && pressure === null) [tokens, filledAt] = [most, now]
    if (found !== null) pressure = found
    if (found !== null || isFlood || now < calmSince) calmSince = now
    else if (now - calmSince >= calmMs) pressure = null
  }

  function take(now: number): boolean {
    tokens = Math.min(most, tokens + (Math.max(0, now - filledAt) / 1000) * perSecond)
    filledAt = now
    if (tokens < 1) return false
    tokens -= 1
    return true
  }

  return {
    enter() {
      const now = clock.now()
      look(now)
      looked.asked += 1
      if (pressure !== null && !take(now)) {
        shed += 1
        return false
      }
      inside += 1
      return true
    },
    leave() {
      inside -= 1
    },
    inside: () => inside,
    shed: () => shed,
    pressure() {
      look(clock.now())
      return pressure
    },
  }
}
