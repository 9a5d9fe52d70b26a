import type { Kind } from '../../domain/index.ts'
import type { Gate } from './gate.ts'
import type { SourceId } from './ids.ts'

/** The sources for a kind in the order they are asked: those its policy names, and without one all of them as configured. */
export function orderOf(gates: readonly Gate[], policy: ReadonlyMap<Kind, readonly SourceId[]>): (kind: Kind) => readonly Gate[] {
  return (kind) => policy.get(kind)?.flatMap((id) => gates.find(({ source }) => source.id === id) ?? []) ?? gates
}
