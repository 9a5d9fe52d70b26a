import { fromWireAnswer, type WireAnswer } from '../../../api/index.ts'
import { answerStatement, type SourceClass, type SourceStatement } from '../../../domain/index.ts'
import type { PeerId } from '../ids.ts'
import type { Said } from '../source.ts'

/** What another gateway has from the authority stays the authority's; its own records are a peer's. Invented data stays invented. */
const classes: Readonly<Record<SourceClass, SourceClass>> = { authority: 'authority', registry: 'peer', peer: 'peer', demo: 'demo' }

const mostStatements = 10
const longestId = 64

/** An answer of another gateway as what a source said, the gateway named in every statement and every field. */
export function relay(peer: PeerId, wire: WireAnswer): Said {
  const answer = fromWireAnswer(wire)
  const deciding = answerStatement(answer)
  if (deciding === null) return { outcome: 'no-record', asOf: answer.asOf }
  const own = (id: string) => `${peer}/${id}`.slice(0, longestId)
  const tell = (one: SourceStatement): SourceStatement => ({ ...one, id: own(one.id), class: classes[one.class] })
  const before = answer.sources.filter((one) => one !== deciding).slice(-mostStatements)
  const provenance = Object.fromEntries(Object.entries(answer.provenance ?? {}).map(([field, id]) => [field, own(id)]))
  return {
    outcome: deciding.outcome,
    asOf: deciding.asOf,
    statements: [...before.map(tell), tell(deciding)],
    ...(answer.invoice && { invoice: answer.invoice, provenance }),
  }
}
