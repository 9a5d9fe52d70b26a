import type { Instant } from '../../domain/index.ts'
import type { Clock } from '../clock.ts'
import type { Gate } from '../sources/gate.ts'
import type { LinePart, Store } from '../store/store.ts'

/** When questions that wait for a source will have been asked. */
export interface Estimates {
  /** Seconds until the question with this turn has been asked; null while the source does not work, or nobody knows yet how fast. */
  secondsUntil(source: string, turn: Instant): Promise<number | null>
}

/** Milliseconds for which a line is used that was read: it moves at a known pace. */
const freshMs = 10_000
/** How much longer than it looks it may take, in parts and seconds: whoever comes too early comes twice. */
const margin = { parts: 1.03, seconds: 2 } as const
const minute = 60_000

interface Seen {
  readonly at: Instant
  readonly parts: Promise<readonly LinePart[]>
}

export function createEstimates({ store, gates, clock }: { store: Store; gates: readonly Gate[]; clock: Clock }): Estimates {
  const lines = new Map<string, Seen>()

  function lineOf(source: string, now: Instant): Seen {
    const known = lines.get(source)
    if (known && now >= known.at && now - known.at < freshMs) return known
    const seen = { at: now, parts: store.line(source, now) }
    seen.parts.catch(() => lines.delete(source))
    lines.set(source, seen)
    return seen
  }

  return {
    async secondsUntil(source, turn) {
      const gate = gates.find((one) => one.source.id === source)
      const now = clock.now()
      const pace = gate?.monitor.health().state === 'up' ? gate.perSecond() : null
      if (pace === null || pace <= 0) return null
      const { at, parts } = lineOf(source, now)
      const seconds = (ahead(await parts, turn) / pace) * margin.parts + margin.seconds
      return Math.max(0, seconds - (now - at) / 1000)
    },
  }
}

/** How many of a line are before a turn. Within its minute those before it are a part of them. */
function ahead(parts: readonly LinePart[], turn: Instant): number {
  let sum = 0
  for (const part of parts) {
    if (part.turn > turn) break
    sum += part.count * Math.min(1, (turn - part.turn) / minute)
  }
  return sum
}
