import {
  dateAt,
  isOutOfRange,
  nextStep,
  ruleOf,
  type Answer,
  type AnswerDetail,
  type Elements,
  type Instant,
  type Outcome,
  type SourceClass,
  type SourceStatement,
  type Verdict,
} from '../../domain/index.ts'
import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'
import type { Gate, Heard } from '../sources/gate.ts'
import type { EndedCall } from '../store/call.ts'
import type { Parking } from '../store/store.ts'
import { combine, type SourceRecord } from './records.ts'
import type { Terms } from './terms.ts'

/** What a round through the sources came to. */
export type Decision = { readonly calls: readonly EndedCall[] } & (
  { readonly is: 'answer'; readonly answer: Answer } | { readonly is: 'park'; readonly parking: Parking }
)

export interface Consultation {
  readonly invoice: string
  readonly elements: Elements
  /** What was said in earlier rounds. */
  readonly statements: readonly SourceStatement[]
  readonly terms: Terms
  /** The looks of the invoice's day that may be spent on it. */
  readonly looks: number
}

interface Needs {
  /** In the order they are asked about such an invoice. */
  readonly gates: readonly Gate[]
  readonly clock: Clock
  readonly random: Random
}

/** Milliseconds over which the questions of a morning are spread. */
const morningSpreadMs = 45 * 60_000

/** What keeps a question waiting. */
interface Wait {
  /** The source whose recovery it waits for; null: any, for the time. */
  readonly source: string | null
  readonly notBefore: Instant
  /** Nobody knows until when. */
  readonly isDown: boolean
}

/**
 * Asks the sources in their order until one of them decides. The first mismatch or match is final; a source that is down is passed over,
 * and only if nobody else decides does the question wait for it. One that works, and only failed at this question or is asked too fast, is
 * waited for before another one is paid: a second failure at the same question passes it over, too.
 */
export async function consult(
  { invoice, elements, statements, terms, looks }: Consultation,
  { gates, clock, random }: Needs,
): Promise<Decision> {
  const said: SourceStatement[] = []
  const calls: EndedCall[] = []
  const partials: SourceRecord[] = []
  const earlier = statements.filter(isNotFound)
  /** The sources that have failed at this question alone, each with its last failure. */
  const failed = new Map(statements.filter(({ outcome }) => outcome === 'unavailable').map((one) => [one.id, one]))
  const waits: Wait[] = []
  let secondLook: Parking | null = null
  let isHeld = false
  const spoken = () => [...earlier, ...said]
  if (ruleOf(elements.kind).elements.length === 0) return answered('cannot-be-checked', { detail: 'kind-not-checkable' })
  const tooOld = isOutOfRange(elements.issuedOn, clock.now())

  for (const gate of gates) {
    const { source } = gate
    if (!source.supports(elements.kind) || (terms.forwarded && source.class === 'peer')) continue
    // Nobody answers online after five years, so no look is spent on it; our own records have no such limit.
    if (source.metered && (tooOld || isHeld)) continue
    const at = clock.now()
    const heard = await gate.ask({ invoice, elements, looks })
    if (heard.call) calls.push(heard.call)
    const own: SourceStatement = { id: source.id, class: source.class, at, asOf: heard.asOf ?? at, outcome: heard.outcome }
    const [deciding, before] = weigh(own, heard)
    if (heard.partial) partials.push({ source: source.id, class: source.class, invoice: heard.partial })
    const notFoundBefore =
      deciding.class === 'demo' ||
      [...spoken(), ...before].some((one) => isNotFound(one) && (one.id !== deciding.id || dateAt(one.at) < dateAt(deciding.at)))
    if (deciding.outcome !== 'unavailable') said.push(...before, deciding)

    const step = nextStep(deciding.outcome, { issuedOn: elements.issuedOn, now: clock.now(), notFoundBefore })
    switch (step.do) {
      case 'answer': {
        const more = step.redFlush ? { redFlush: step.redFlush } : {}
        if (!heard.invoice || !matched.has(deciding.outcome)) return answered(step.verdict, more)
        const record = { source: source.id, class: deciding.class, invoice: heard.invoice, provenance: heard.provenance ?? {} }
        return answered(step.verdict, { ...more, ...combine(record, partials) })
      }
      case 'park': {
        const notBefore = step.notBefore + Math.floor(random.fraction() * morningSpreadMs)
        const parking = { reason: step.reason, source: null, notBefore, statements: spoken().filter(isNotFound) }
        // Another source of the authority's may give the second look at once.
        if (step.reason !== 'second-look') return { is: 'park', parking, calls }
        secondLook = parking
        break
      }
      case 'source-down':
      case 'stop-source': {
        const { why = 'down', until = 0 } = heard.unanswered ?? {}
        const isPassing = why === 'busy' || (why === 'alone' && !failed.has(source.id))
        if (source.metered && isPassing) isHeld = true
        if (why === 'alone') failed.set(source.id, own)
        const spread = why === 'budget' ? Math.floor(random.fraction() * morningSpreadMs) : 0
        // One that works is asked again at its time, and with it, when that costs nothing, whoever has come back until then.
        const forAny = why !== 'down' && !source.metered
        waits.push({ source: forAny ? null : source.id, notBefore: until + spread, isDown: why === 'down' })
        break
      }
      case 'next-source':
        break
    }
  }

  if (tooOld) return answered('out-of-range', {})
  if (secondLook !== null) return { is: 'park', parking: secondLook, calls }
  const wait = waits.find(({ isDown }) => !isDown) ?? waits[0]
  if (wait) {
    const { source, notBefore } = wait
    const kept = [...spoken().filter(isNotFound), ...failed.values()]
    return { is: 'park', parking: { reason: 'source-down', source, notBefore, statements: kept }, calls }
  }
  const anyAuthority = gates.some(({ source }) => source.class === 'authority')
  const detail: AnswerDetail = anyAuthority ? 'kind-not-supported' : 'no-authority-source'
  return answered('cannot-be-checked', { detail })

  function answered(verdict: Verdict, more: Partial<Answer>): Decision {
    const now = clock.now()
    const sources = spoken()
    return { is: 'answer', calls, answer: { verdict, ...more, sources, answeredAt: now, asOf: sources.at(-1)?.asOf ?? now } }
  }
}

/**
 * The statement that decides, and those it rests on. Only the authority can say that there is no such invoice; the others can say that they
 * have none.
 */
function weigh(own: SourceStatement, { statements = [], outcome }: Heard): [SourceStatement, readonly SourceStatement[]] {
  const last = statements.at(-1)
  const [deciding, before] = last?.outcome === outcome ? [last, statements.slice(0, -1)] : [own, []]
  const isForeign = isNotFound(deciding) && noAuthority.has(deciding.class)
  return isForeign ? [{ ...own, outcome: 'no-record' }, []] : [deciding, before]
}

const noAuthority: ReadonlySet<SourceClass> = new Set<SourceClass>(['registry', 'peer'])

const matched: ReadonlySet<Outcome> = new Set<Outcome>(['ok', 'voided', 'red-flushed-full', 'red-flushed-part'])

function isNotFound({ outcome }: SourceStatement): boolean {
  return outcome === 'not-found'
}
