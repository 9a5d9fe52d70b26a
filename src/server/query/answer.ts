import { toWireTime, problemOf, type QueryResult, type QuerySummary } from '../../api/index.ts'
import type { Instant } from '../../domain/index.ts'
import type { Sender } from '../admission/rates.ts'
import type { Tries } from '../admission/tries.ts'
import type { Clock } from '../clock.ts'
import type { Keys } from '../keys.ts'
import { faultOf, type Logger } from '../log.ts'
import { newTicket, type Random } from '../random.ts'
import type { Gate } from '../sources/gate.ts'
import type { Admission, Arrival, Store, StoredQuery } from '../store/store.ts'
import { judge, type Judged } from './judge.ts'
import { leaseMs, openAnswer, type Questions } from './questions.ts'
import { retryAfter } from './retry-after.ts'
import { sealElements } from './terms.ts'

/** Milliseconds a request may wait for answers; what is not answered then is parked. */
const patienceMs = 4500
/** `mismatch` and `not-found` take at least this long, both the same. */
const leastMs = 200
/** How long a `confirmed` serves for the same elements. */
const reuseMs = 24 * 3_600_000

type Asked = Extract<Judged, { is: 'asked' }>

export interface AnswerNeeds {
  readonly store: Store
  readonly keys: Keys
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  readonly gates: readonly Gate[]
  readonly questions: Questions
  readonly tries: Tries
  readonly probeSeconds: number
}

/** The raw queries of a batch, each with an id. */
export type RawQuery = { readonly id: string } & Readonly<Record<string, unknown>>

/** Who brings queries. */
export interface Bringer {
  readonly sender: Sender
  /** Another gateway passed them on. */
  readonly forwarded: boolean
}

/** Answers queries and tells how they are. */
export interface Answering {
  /** One result per query, in order, within 5 s. */
  post(raw: readonly RawQuery[], by: Bringer): Promise<QueryResult[]>
  /** The state of queries by id, never what was answered about the invoice. */
  summaries(ids: readonly string[]): Promise<QuerySummary[]>
}

export function createAnswering(needs: AnswerNeeds): Answering {
  const { store, keys, clock, random, log, gates, questions, tries, probeSeconds } = needs

  function toArrival(asked: Asked, { sender, forwarded }: Bringer, now: Instant): Arrival {
    const { id, elements, force } = asked
    const question = keys.hash('question', asked.question)
    const invoice = keys.hash('invoice', asked.invoice)
    return {
      id,
      question,
      invoice,
      elements: sealElements(keys, question, elements, { looks: tries.looks(sender, invoice, question), forwarded }),
      ticket: newTicket(random),
      receivedAt: now,
      reuseSince: force ? now : now - reuseMs,
      leaseUntil: now + leaseMs,
    }
  }

  /** Starts what nobody asks yet, and waits for what is under way, as long as a request may. */
  async function work(arrivals: readonly Arrival[], admissions: readonly Admission[]): Promise<void> {
    const rounds: Promise<void>[] = []
    for (const [index, arrival] of arrivals.entries()) {
      const { question, invoice, elements } = arrival
      if (admissions[index] === 'open') rounds.push(questions.ask({ question, invoice, elements, statements: [] }, 'somebody'))
      else if (admissions[index] === 'joined') rounds.push(questions.underWay(question) ?? Promise.resolve())
    }
    if (rounds.length === 0) return
    const done = new AbortController()
    await Promise.race([Promise.all(rounds), clock.sleep(patienceMs, done.signal)])
    done.abort()
  }

  function waiting(stored: Extract<StoredQuery, { state: 'waiting' }>) {
    // A question that is still being asked has no reason yet: nobody answered in time.
    const reason = stored.reason ?? 'source-down'
    const health = gates.find(({ source }) => source.id === stored.source)?.monitor.health() ?? null
    return {
      reason,
      retryAfter: retryAfter({ reason, notBefore: stored.notBefore, now: clock.now(), health, probeSeconds }, random.fraction()),
    }
  }

  function toResult(id: string, admission: Admission | undefined, stored: StoredQuery | null): QueryResult {
    if (admission === 'reused-id' || stored === null) return { id, state: 'refused', problem: problemOf('query-id-reused') }
    if (stored.state === 'waiting') return { id, state: 'parked', ticket: stored.ticket, ...waiting(stored) }
    return { id, state: 'answered', answer: openAnswer(keys, stored.question, stored.sealed) }
  }

  return {
    async post(raw, by) {
      const begun = clock.now()
      const judged = raw.map(judge)
      const asked = judged.filter((one): one is Asked => one.is === 'asked')
      const arrivals = asked.map((one) => toArrival(one, by, begun))
      const admissions = arrivals.length === 0 ? [] : await store.admit(arrivals)
      await work(arrivals, admissions)
      const stored = await store.find(arrivals.map((one) => one.id))
      const results = arrivals.map((one, index) => toResult(one.id, admissions[index], stored[index] ?? null))

      const collected = stored.flatMap((one, index) =>
        one?.state === 'answered' && one.collectedAt === null && admissions[index] !== 'reused-id' ? [one.id] : [],
      )
      if (collected.length > 0) {
        store.markCollected(collected, clock.now()).catch((error: unknown) => log.error(faultOf(error), 'collected answers not noted'))
      }
      // A replay tells nothing new, so it is no further try.
      if (results.some((result, index) => admissions[index] !== 'answered' && isTelling(result))) tries.wrong(by.sender)
      if (results.some(isTelling)) await clock.sleep(Math.max(0, leastMs - (clock.now() - begun)))

      let next = 0
      return judged.map((one): QueryResult => {
        const result = one.is === 'asked' ? results[next++] : undefined
        if (result) return result
        return { id: one.id, state: 'refused', problem: one.is === 'refused' ? one.problem : problemOf('internal') }
      })
    },

    async summaries(ids) {
      const found = await store.find(ids)
      return found.map((one, index): QuerySummary => {
        const id = ids[index] ?? ''
        if (one === null) return { id, state: 'query-unknown' }
        const receivedAt = toWireTime(one.receivedAt)
        if (one.state === 'waiting') return { id, state: 'parked', receivedAt, ...waiting(one) }
        return { id, state: 'answered', verdict: one.verdict, receivedAt, answeredAt: toWireTime(one.answeredAt) }
      })
    },
  }
}

function isTelling(result: QueryResult): boolean {
  return result.state === 'answered' && (result.answer.verdict === 'mismatch' || result.answer.verdict === 'not-found')
}
