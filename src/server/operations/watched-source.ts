import type { Clock } from '../clock.ts'
import type { Source } from '../sources/source.ts'

/** Told of every call of a source: how long it took, in seconds, and its outcome; `failed` when it threw. */
export type OnCall = (source: string, seconds: number, outcome: string) => void

/** The same source, whose calls are told. */
export function watchedSource(source: Source, clock: Clock, onCall: OnCall): Source {
  const ask: Source['ask'] = async (elements, signal) => {
    const begun = clock.now()
    let outcome = 'failed'
    try {
      const said = await source.ask(elements, signal)
      ;({ outcome } = said)
      return said
    } finally {
      onCall(source.id, (clock.now() - begun) / 1000, outcome)
    }
  }
  return Object.create(source, { ask: { value: ask } }) as Source
}
