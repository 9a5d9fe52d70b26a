import { toWireAnswer, type WireAnswer } from '../../api/index.ts'
import type { Answer, Kind } from '../../domain/index.ts'
import { chargedTo, type Parted, type Tries } from '../admission/tries.ts'
import type { Clock } from '../clock.ts'
import type { Keys } from '../keys.ts'
import { faultOf, type Logger } from '../log.ts'
import { newRowId, type Random } from '../random.ts'
import type { Receipts } from '../receipts/receipts.ts'
import type { Gate } from '../sources/gate.ts'
import { talliedAs } from '../store/rows.ts'
import type { Ending, KnownAnswer, OpenQuestion, Store, Tally } from '../store/store.ts'
import { dueOf, type Due, type Waiting } from './askers.ts'
import { consult } from './consult.ts'
import { createMeter } from '../meter.ts'
import { looksFor, openElements } from './terms.ts'

/** Milliseconds for which whoever took a question has it alone: longer than a round through all sources can take. */
export const leaseMs = 60_000

/** Asks open questions and stores what came of it; each question once at a time in this process. */
export interface Questions {
  /** Somebody asks now, and everybody who joins meanwhile. Resolves when they are answered or parked, and that is durable. Never rejects. */
  ask(question: OpenQuestion, first: Waiting): Promise<void>
  /** The same for those whose turn it is, without anybody: the invoice's last look is left to people. */
  askAgain(question: OpenQuestion): Promise<void>
  /** The round that is under way for a question, if one is. */
  underWay(question: string): Promise<void> | null
  /** Questions answered in the last minute. */
  answeredPerMinute(): number
  /** Resolves when no round is under way. */
  idle(): Promise<void>
}

export interface QuestionNeeds {
  /** The sources for a kind, in the order they are asked. */
  readonly gatesFor: (kind: Kind) => readonly Gate[]
  readonly store: Store
  readonly tries: Tries
  readonly keys: Keys
  readonly receipts: Receipts
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
}

/** An answer as it is kept. */
export function sealAnswer(keys: Keys, question: string, answer: Answer): Uint8Array {
  return keys.seal(`answer ${question}`, JSON.stringify(toWireAnswer(answer)))
}

/** The wire form of a kept answer. */
export function openAnswer(keys: Keys, question: string, sealed: Uint8Array): WireAnswer {
  return JSON.parse(keys.open(`answer ${question}`, sealed)) as WireAnswer
}

export function createQuestions(needs: QuestionNeeds): Questions {
  const { gatesFor, store, tries, keys, receipts, clock, random, log } = needs
  const rounds = new Map<string, Promise<void>>()
  const meter = createMeter()

  const idsOf = (all: readonly Waiting[]) => all.map(({ id }) => id)
  const nobody: Pick<Ending, 'answered' | 'answer' | 'refused' | 'tallies'> = {
    answered: [],
    answer: null,
    refused: [],
    tallies: new Map(),
  }

  /** Asks for those who may try, and stores what came of it. @returns what that says of them, and whether others wait still. */
  async function round(open: OpenQuestion, by: 'somebody' | 'itself', { may, spent }: Parted<Waiting>): Promise<[Tally | null, boolean]> {
    const { question, invoice, statements } = open
    const { elements, terms } = openElements(keys, question, open.elements)
    const gates = gatesFor(elements.kind)
    const isWary = may.every(({ wary }) => wary)
    const decision = await consult({ invoice, elements, statements, terms, looks: looksFor(isWary, by) }, { gates, clock, random })
    const { calls } = decision
    if (decision.is === 'park') {
      await store.park(question, decision.parking, calls)
      return [null, false]
    }
    const { answer } = decision
    const { verdict, asOf, answeredAt } = answer
    const receipt = (await receipts.current()).ofAnswer(question, elements, answer)
    const sealed = sealAnswer(keys, question, receipt === undefined ? answer : { ...answer, receipt })
    const kept = { id: newRowId(clock.now(), random), verdict, sealed, asOf, answeredAt }
    const tally = talliedAs(verdict)
    const tallies = tally === null ? nobody.tallies : chargedTo(may, tally)
    const ending = { at: answeredAt, answered: idsOf(may), answer: kept, refused: idsOf(spent), tallies }
    const { ended, more } = await store.settle(question, ending, calls)
    if (ended > 0) meter.count(clock.now())
    return [tally, more]
  }

  /** Hands those who may try the answer that was given while they waited. A match that took no look is credited to nobody. */
  async function share(question: string, { id, verdict }: KnownAnswer, { may, spent }: Parted<Waiting>) {
    const tally = talliedAs(verdict)
    const isWrong = tally !== null && tally.wrong > 0
    const tallies = isWrong ? chargedTo(may, tally) : nobody.tallies
    const ending = { at: clock.now(), answered: idsOf(may), answer: id, refused: idsOf(spent), tallies }
    const { more } = await store.settle(question, ending, [])
    return [isWrong ? tally : null, more] as const
  }

  /** Asks for those whose turn it is, each judged by their own tries. @returns whether others wait for the question whose turn it is, too. */
  async function tried(open: OpenQuestion, by: 'somebody' | 'itself', { askers, answer }: Due): Promise<boolean> {
    const { question, statements } = open
    let more = false
    const passed = await tries.pass(askers, async (parted) => {
      const [tally, others] = answer === null ? await round(open, by, parted) : await share(question, answer, parted)
      more = others
      return tally
    })
    // Whoever guesses too often is not asked for, and is told so; those who ask the same are not theirs to end.
    if (passed === 'spent') ({ more } = await store.settle(question, { ...nobody, at: clock.now(), refused: idsOf(askers) }, []))
    if (passed === 'later') await store.park(question, { reason: 'overload', source: null, notBefore: clock.now(), statements }, [])
    return more
  }

  async function dueFor({ question, turn }: OpenQuestion, isShared: boolean): Promise<Due> {
    const [queries, newest] = await Promise.all([store.waiting(question), isShared ? store.newest(question) : null])
    return dueOf(keys, turn, queries, newest, clock.now())
  }

  async function again(open: OpenQuestion): Promise<void> {
    await tried(open, 'itself', await dueFor(open, open.isShared))
  }

  /** Those who join while somebody asks now are told at once, too; in line, everybody waits for their own turn. */
  async function now(open: OpenQuestion, first: Waiting): Promise<void> {
    let more = await tried(open, 'somebody', { askers: [first], answer: null })
    while (more) more = await tried(open, 'somebody', await dueFor({ ...open, turn: Infinity }, true))
  }

  function begin(question: string, round: () => Promise<void>): Promise<void> {
    const known = rounds.get(question)
    if (known) return known
    const made = round()
      // Our own fault, not the question's: the lease runs out and the worker takes it up again.
      .catch((error: unknown) => log.error(faultOf(error), 'a question could not be asked'))
      .finally(() => rounds.delete(question))
    rounds.set(question, made)
    return made
  }

  return {
    ask: (open, first) => begin(open.question, () => now(open, first)),
    askAgain: (open) => begin(open.question, () => again(open)),
    underWay: (question) => rounds.get(question) ?? null,
    answeredPerMinute: () => meter.lastMinute(clock.now()),
    async idle() {
      while (rounds.size > 0) await Promise.all(rounds.values())
    },
  }
}
