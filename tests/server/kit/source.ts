import type { Elements, SourceClass } from '../../../src/domain/index.ts'
import type { Said, Source } from '../../../src/server/sources/source.ts'

/** A source whose answers a test decides, and which remembers what it was asked. */
export interface TestSource extends Source {
  readonly asked: Elements[]
  says: (elements: Elements, signal: AbortSignal) => Promise<Said>
}

/** @param says what it answers; it may be replaced later. */
export function testSource(says: TestSource['says'], by: SourceClass = 'authority', id: Source['id'] = 'simulated'): TestSource {
  const asked: Elements[] = []
  return {
    id,
    name: id,
    class: by,
    metered: by === 'authority',
    asked,
    says,
    supports: () => true,
    ask(elements, signal) {
      asked.push(elements)
      return this.says(elements, signal)
    },
  }
}

/** Says the same to everybody. */
export const always =
  (outcome: Said['outcome']): TestSource['says'] =>
  () =>
    Promise.resolve({ outcome, asOf: null })

/** Has no connection. */
export const down: TestSource['says'] = () => Promise.reject(new Error('connection refused'))
