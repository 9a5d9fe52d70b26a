import { toWireTime, problemOf, type QueryResult, type QuerySummary } from '../../api/index.ts'
import type { Instant } from '../../domain/index.ts'
import { forgottenAt } from '../admission/tries.ts'
import { apartMs, type Turns } from '../admission/turns.ts'
import type { Unanswered } from '../admission/unanswered.ts'
import type { Clock } from '../clock.ts'
import type { Keys } from '../keys.ts'
import { faultOf, type Logger } from '../log.ts'
import type { Estimates } from '../parking/estimate.ts'
import type { Slots } from '../parking/slots.ts'
import { newTicket, type Random } from '../random.ts'
import type { Receipts } from '../receipts/receipts.ts'
import type { Gate } from '../sources/gate.ts'
import type { Admission, Arrival, HashedSender, Store, StoredQuery } from '../store/store.ts'
import { sealSender } from './askers.ts'
import { judge, type Judged } from './judge.ts'
import { leaseMs, openAnswer, type Questions } from './questions.ts'
import { isInLine, outageWait, retryAfter, spentSeconds, spread } from './retry-after.ts'
import { sealElements } from './terms.ts'

/** Milliseconds a request may wait for answers; what is not answered then is parked. */
const patienceMs = 4500
/** `mismatch` and `not-found` take at least this long, both the same. */
const leastMs = 200
/** How long a `confirmed` serves for the same elements. */
const reuseMs = 24 * 3_600_000

type Asked = Extract<Judged, { is: 'asked' }>
type WaitingQuery = Extract<StoredQuery, { state: 'waiting' }>
type RefusedQuery = Extract<StoredQuery, { state: 'refused' }>
type Parked = Extract<QueryResult, { state: 'parked' }>

export interface AnswerNeeds {
  readonly store: Store
  readonly keys: Keys
  readonly receipts: Receipts
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  readonly gates: readonly Gate[]
  readonly questions: Questions
  readonly turns: Turns
  readonly unanswered: Unanswered
  readonly estimates: Estimates
  readonly slots: Slots
  readonly probeSeconds: number
}

/** The raw queries of a batch, each with an id. */
export type RawQuery = { readonly id: string } & Readonly<Record<string, unknown>>

/** Who brings queries. */
export interface Bringer {
  readonly sender: HashedSender
  /** Another gateway passed them on. */
  readonly forwarded: boolean
}

/** Answers queries and tells how they are. */
export interface Answering {
  /** One result per query, in order, within 5 s. */
  post(raw: readonly RawQuery[], by: Bringer): Promise<QueryResult[]>
  /** The same for somebody who may ask nothing now: of what was taken in before. Null when that is none of it. */
  replay(raw: readonly RawQuery[], by: Bringer): Promise<QueryResult[] | null>
  /** The state of queries by id, never what was answered about the invoice. */
  summaries(ids: readonly string[]): Promise<QuerySummary[]>
}

export function createAnswering(needs: AnswerNeeds): Answering {
  const { store, keys, receipts, clock, random, log, gates, questions, turns, unanswered, estimates, slots, probeSeconds } = needs

  /** @param mayHear whether what others had confirmed may be told. */
  function toArrival(asked: Asked, mayHear: boolean, { sender: by, forwarded }: Bringer, now: Instant, turn: Instant): Arrival {
    const { id, elements, force } = asked
    const question = keys.hash('question', asked.question)
    const invoice = keys.hash('invoice', asked.invoice)
    return {
      id,
      question,
      invoice,
      elements: sealElements(keys, question, elements, { forwarded }),
      ticket: newTicket(random),
      receivedAt: now,
      reuseSince: mayHear && !force ? now - reuseMs : now,
      leaseUntil: now + leaseMs,
      turn,
      by,
      sender: sealSender(keys, id, by),
    }
  }

  /** Starts what nobody asks yet, and waits for what is under way, as long as a request may. */
  async function work(arrivals: readonly Arrival[], admissions: readonly Admission[]): Promise<void> {
    const rounds: Promise<void>[] = []
    for (const [index, { id, question, invoice, elements, by, turn, receivedAt }] of arrivals.entries()) {
      const admission = admissions[index]
      if (admission === 'open' || admission === 'wary') {
        const open = { question, invoice, elements, statements: [], source: null, turn, isShared: false }
        rounds.push(questions.ask(open, { id, by, turn, receivedAt, wary: admission === 'wary' }))
      } else if (admission === 'joined') rounds.push(questions.underWay(question) ?? Promise.resolve())
    }
    if (rounds.length === 0) return
    const done = new AbortController()
    await Promise.race([Promise.all(rounds), clock.sleep(patienceMs, done.signal)])
    done.abort(null)
  }

  /** Takes queries in and has them answered as far as a request may wait. `fresh`: so many wait now that did not before. */
  async function takeIn(asked: readonly Asked[], by: Bringer, now: Instant) {
    const { device, network } = by.sender
    const turn = turns.next(device, now)
    const mayHear = unanswered.bring(network, asked.length, now)
    let fresh = 0
    try {
      const arrivals = asked.map((one, index) => toArrival(one, index < mayHear, by, now, turn + index * apartMs))
      const admissions = arrivals.length === 0 ? [] : await store.admit(arrivals)
      await work(arrivals, admissions)
      const stored = await store.find(arrivals.map((one) => one.id))
      fresh = stored.filter((one, index) => one?.state === 'waiting' && one.turn === arrivals[index]?.turn).length
      return { arrivals, admissions, stored, fresh }
    } finally {
      unanswered.settle(network, asked.length - fresh, now)
    }
  }

  /** Seconds until a question that waits in line has been asked, as far as anybody knows. */
  async function lineWait({ source, turn }: WaitingQuery): Promise<number> {
    const known = source === null ? null : await estimates.secondsUntil(source, turn)
    if (known !== null) return Math.max(probeSeconds, known + random.fraction() * Math.max(probeSeconds, known / 20))
    const health = gates.find((one) => one.source.id === source)?.monitor.health() ?? null
    return outageWait(health, clock.now(), probeSeconds) * (1 + random.fraction())
  }

  /** Tells of what waits why, and when to look again. What waits in line is looked after all at once, by one message in a second of its own. */
  async function waits(all: readonly (StoredQuery | null)[]): Promise<(one: WaitingQuery) => Pick<Parked, 'reason' | 'retryAfter'>> {
    const now = clock.now()
    const inLine = all.filter((one): one is WaitingQuery => one?.state === 'waiting' && isInLine(one, now))
    const seconds = await Promise.all(inLine.map(lineWait))
    const slot = seconds.length === 0 ? 0 : slots.book(Math.max(...seconds))
    return (one) => ({
      // A question that is still being asked has no reason yet: nobody answered in time.
      reason: one.reason ?? 'source-down',
      retryAfter: isInLine(one, now) ? slot : retryAfter({ notBefore: one.notBefore, now, probeSeconds }, random.fraction()),
    })
  }

  /** Seconds until the tries are forgotten for which a query was not asked for. */
  function refusedFor({ refusedAt }: RefusedQuery): number {
    return retryAfter({ notBefore: forgottenAt(refusedAt), now: clock.now(), probeSeconds }, random.fraction())
  }

  /** Whoever brought it has guessed too often: nobody was asked, and their device may bring it again. */
  function toRefused(stored: RefusedQuery): QueryResult {
    return { id: stored.id, state: 'refused', problem: { ...problemOf('rate-limited'), retryAfter: refusedFor(stored) } }
  }

  function toResult(id: string, admission: Admission | undefined, stored: Exclude<StoredQuery, WaitingQuery> | null): QueryResult {
    if (admission === 'reused-id') return { id, state: 'refused', problem: problemOf('query-id-reused') }
    if (stored === null) return { id, state: 'refused', problem: problemOf('internal') }
    if (stored.state === 'refused') return toRefused(stored)
    return { id, state: 'answered', answer: openAnswer(keys, stored.question, stored.sealed) }
  }

  const answering: Answering = {
    async post(raw, by) {
      const begun = clock.now()
      const judged = raw.map(judge)
      const asked = judged.filter((one): one is Asked => one.is === 'asked')
      const { sender } = by
      const { arrivals, admissions, stored, fresh } = await takeIn(asked, by, begun)
      const tell = await waits(stored)
      const { ofTicket } = await receipts.current()
      const results = arrivals.map(({ id }, index): QueryResult => {
        const one = stored[index] ?? null
        if (one?.state === 'waiting' && admissions[index] !== 'reused-id') {
          const { ticket, receivedAt } = one
          const receipt = ofTicket(ticket, asked[index]!.elements, receivedAt)
          return { id, state: 'parked', ticket, ...tell(one), ...(receipt !== undefined && { receipt }) }
        }
        return toResult(id, admissions[index], one?.state === 'waiting' ? null : one)
      })
      if (stored.some((one) => one?.state === 'waiting')) turns.waits(sender.device, begun, fresh)
      else turns.clear(sender.device)

      const collected = stored.flatMap((one, index) =>
        one !== null && one.state !== 'waiting' && one.collectedAt === null && admissions[index] !== 'reused-id' ? [one.id] : [],
      )
      if (collected.length > 0) {
        store.markCollected(collected, clock.now()).catch((error: unknown) => log.error(faultOf(error), 'collected answers not noted'))
      }
      if (results.some(isTelling)) await clock.sleep(Math.max(0, leastMs - (clock.now() - begun)))

      let next = 0
      return judged.map((one): QueryResult => {
        const result = one.is === 'asked' ? results[next++] : undefined
        if (result) return result
        return { id: one.id, state: 'refused', problem: one.is === 'refused' ? one.problem : problemOf('internal') }
      })
    },

    async replay(raw, by) {
      const found = await store.find(raw.map(({ id }) => id))
      if (found.every((one) => one === null)) return null
      // What was refused would be taken in anew.
      const isOpen = (one: StoredQuery | null | undefined) => one != null && one.state !== 'refused'
      const known = raw.filter((_, index) => isOpen(found[index]))
      const results = (known.length === 0 ? [] : await answering.post(known, by)).values()
      return raw.map(({ id }, index): QueryResult => {
        const one = found[index]
        if (one?.state === 'refused') return toRefused(one)
        const limited = { ...problemOf('rate-limited'), retryAfter: spread(spentSeconds, random.fraction()) }
        return (one ? results.next().value : null) ?? { id, state: 'refused', problem: limited }
      })
    },

    async summaries(ids) {
      const found = await store.find(ids)
      const tell = await waits(found)
      return found.map((one, index): QuerySummary => {
        const id = ids[index] ?? ''
        if (one === null) return { id, state: 'query-unknown' }
        const receivedAt = toWireTime(one.receivedAt)
        if (one.state === 'waiting') return { id, state: 'parked', receivedAt, ...tell(one) }
        if (one.state === 'refused') return { id, state: 'refused', receivedAt, retryAfter: refusedFor(one) }
        return { id, state: 'answered', verdict: one.verdict, receivedAt, answeredAt: toWireTime(one.answeredAt) }
      })
    },
  }
  return answering
}

function isTelling(result: QueryResult): boolean {
  return result.state === 'answered' && (result.answer.verdict === 'mismatch' || result.answer.verdict === 'not-found')
}
