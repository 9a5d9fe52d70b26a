import {
  dateAt,
  fields,
  isOutOfRange,
  nextStep,
  ruleOf,
  type Answer,
  type AnswerDetail,
  type Elements,
  type Field,
  type Instant,
  type Invoice,
  type Outcome,
  type Provenance,
  type SourceClass,
  type SourceStatement,
  type Verdict,
} from '../../domain/index.ts'
import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'
import type { Gate } from '../sources/gate.ts'
import type { Said } from '../sources/source.ts'
import type { EndedCall, Parking } from '../store/store.ts'

/** What a round through the sources came to. */
export type Decision = { readonly calls: readonly EndedCall[] } & (
  { readonly is: 'answer'; readonly answer: Answer } | { readonly is: 'park'; readonly parking: Parking }
)

export interface Consultation {
  readonly invoice: string
  readonly elements: Elements
  /** What was said in earlier rounds. */
  readonly statements: readonly SourceStatement[]
}

interface Needs {
  readonly gates: readonly Gate[]
  readonly clock: Clock
  readonly random: Random
}

/** Milliseconds before a question that fails alone is tried again. */
const poisonMs = 20_000

/** Milliseconds over which the questions of a morning are spread. */
const morningSpreadMs = 45 * 60_000

/**
 * Asks the sources in their order until one of them decides. The first mismatch or match is final; a source that is down is passed over,
 * and only if nobody else decides does the question wait for it.
 */
export async function consult({ invoice, elements, statements }: Consultation, { gates, clock, random }: Needs): Promise<Decision> {
  const said: SourceStatement[] = []
  const calls: EndedCall[] = []
  const earlier = notFounds(statements)
  let waitsFor: { readonly source: string; readonly notBefore: Instant } | null = null
  let secondLook: Parking | null = null
  const spoken = () => [...earlier, ...said]
  if (ruleOf(elements.kind).elements.length === 0) return answered('cannot-be-checked', { detail: 'kind-not-checkable' })
  const tooOld = isOutOfRange(elements.issuedOn, clock.now())
  const able = gates.filter(({ source }) => source.supports(elements.kind))

  for (const gate of able) {
    const { source } = gate
    // Nobody answers online after five years, so no look is spent on it; our own records have no such limit.
    if (tooOld && source.metered) continue
    const at = clock.now()
    const heard = await gate.ask({ invoice, elements })
    if (heard.call) calls.push(heard.call)
    const reply = weigh(source.class, heard)
    const notFoundBefore =
      source.class === 'demo' ||
      spoken().some((one) => one.outcome === 'not-found' && (one.id !== source.id || dateAt(one.at) < dateAt(at)))
    if (reply.outcome !== 'unavailable') {
      said.push({ id: source.id, class: source.class, at, asOf: reply.asOf ?? at, outcome: reply.outcome })
    }
    const step = nextStep(reply.outcome, { issuedOn: elements.issuedOn, now: clock.now(), notFoundBefore })
    switch (step.do) {
      case 'answer':
        return answered(step.verdict, step.redFlush ? { redFlush: step.redFlush } : {}, reply.invoice)
      case 'park': {
        const notBefore = step.notBefore + Math.floor(random.fraction() * morningSpreadMs)
        const parking = { reason: step.reason, source: null, notBefore, statements: notFounds(spoken()) }
        // Another source of the authority's may give the second look at once.
        if (step.reason !== 'second-look') return { is: 'park', parking, calls }
        secondLook = parking
        break
      }
      case 'source-down':
      case 'stop-source':
        // A source that works for others has a fault with this question: it is tried again, but not in the way of the others.
        waitsFor ??= { source: source.id, notBefore: heard.failedAlone ? clock.now() + poisonMs : 0 }
        break
      case 'next-source':
        break
    }
  }

  if (tooOld) return answered('out-of-range', {})
  if (secondLook !== null) return { is: 'park', parking: secondLook, calls }
  if (waitsFor !== null) {
    return { is: 'park', parking: { reason: 'source-down', ...waitsFor, statements: notFounds(spoken()) }, calls }
  }
  const anyAuthority = gates.some(({ source }) => source.class === 'authority')
  const detail: AnswerDetail = anyAuthority ? 'kind-not-supported' : 'no-authority-source'
  return answered('cannot-be-checked', { detail })

  function answered(verdict: Verdict, more: Pick<Answer, 'redFlush' | 'detail'>, record?: Invoice): Decision {
    const now = clock.now()
    const sources = spoken()
    return {
      is: 'answer',
      calls,
      answer: {
        verdict,
        ...more,
        ...(record && { invoice: record, provenance: provenanceOf(record) }),
        sources,
        answeredAt: now,
        asOf: sources.at(-1)?.asOf ?? now,
      },
    }
  }
}

/** What a source of that class may say: only the authority can say that there is no such invoice; the others can say that they have none. */
function weigh(by: SourceClass, said: Said): Said {
  const foreign = said.outcome === 'not-found' && (by === 'registry' || by === 'peer')
  const outcome = foreign ? 'no-record' : said.outcome
  return { outcome, asOf: said.asOf, ...(said.invoice && matched.has(outcome) && { invoice: said.invoice }) }
}

const matched: ReadonlySet<Outcome> = new Set<Outcome>(['ok', 'voided', 'red-flushed-full', 'red-flushed-part'])

function notFounds(statements: readonly SourceStatement[]): SourceStatement[] {
  return statements.filter((one) => one.outcome === 'not-found')
}

/** Every field that a source's record has comes from its answer. */
function provenanceOf(record: Invoice): Provenance {
  const has = (field: Field): boolean => {
    if (field === 'lines') return record.lines.length > 0
    const [name, part] = field.split('.')
    const value =
      (name === 'seller' || name === 'buyer') && (part === 'name' || part === 'taxId') ? record[name][part] : record[field as Plain]
    return value !== null
  }
  return Object.fromEntries(fields.filter(has).map((field) => [field, 'answer' as const]))
}

type Plain = Exclude<Field, `${string}.${string}` | 'lines'>
