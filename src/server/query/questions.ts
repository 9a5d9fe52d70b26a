import { toWireAnswer, type WireAnswer } from '../../api/index.ts'
import type { Answer, Kind } from '../../domain/index.ts'
import type { Tries } from '../admission/tries.ts'
import type { Clock } from '../clock.ts'
import type { Keys } from '../keys.ts'
import { faultOf, type Logger } from '../log.ts'
import { newRowId, type Random } from '../random.ts'
import type { Receipts } from '../receipts/receipts.ts'
import type { Gate } from '../sources/gate.ts'
import { talliedAs } from '../store/rows.ts'
import type { OpenQuestion, Store, Tally } from '../store/store.ts'
import { consult } from './consult.ts'
import { createMeter } from '../meter.ts'
import { looksFor, openElements } from './terms.ts'

/** Milliseconds for which whoever took a question has it alone: longer than a round through all sources can take. */
export const leaseMs = 60_000

/** Asks open questions and stores what came of it; each question once at a time in this process. */
export interface Questions {
  /**
   * Resolves when the question has been answered or parked, and that is durable. Never rejects.
   * @param by whether somebody asks now, or the gateway asks again by itself and leaves the invoice's last look to people.
   */
  ask(question: OpenQuestion, by: 'somebody' | 'itself'): Promise<void>
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

  /** Asks, and stores what came of it. @returns what that says of whoever asked. */
  async function round(open: OpenQuestion, by: 'somebody' | 'itself'): Promise<Tally | null> {
    const { question, invoice, statements } = open
    const { elements, terms } = openElements(keys, question, open.elements)
    const gates = gatesFor(elements.kind)
    const decision = await consult({ invoice, elements, statements, terms, looks: looksFor(open, by) }, { gates, clock, random })
    const { calls } = decision
    if (decision.is === 'park') {
      await store.park(question, decision.parking, calls)
      return null
    }
    const { answer } = decision
    const { verdict, asOf } = answer
    const receipt = (await receipts.current()).ofAnswer(question, elements, answer)
    const sealed = sealAnswer(keys, question, receipt === undefined ? answer : { ...answer, receipt })
    const settled = await store.settle(
      question,
      { id: newRowId(clock.now(), random), verdict, sealed, asOf, answeredAt: answer.answeredAt },
      calls,
    )
    if (settled) meter.count(clock.now())
    return talliedAs(verdict)
  }

  /** The same once whoever brought it may try; a question of somebody who guesses is not kept, and their device brings it again. */
  async function tried(open: OpenQuestion, by: 'somebody' | 'itself'): Promise<void> {
    const passed = await tries.pass(open.by, () => round(open, by))
    if (passed === 'spent') await store.drop(open.question)
    if (passed === 'later') {
      const { question, statements } = open
      await store.park(question, { reason: 'overload', source: null, notBefore: clock.now(), statements }, [])
    }
  }

  return {
    ask(open, by) {
      const { question } = open
      const known = rounds.get(question)
      if (known) return known
      const made = tried(open, by)
        // Our own fault, not the question's: the lease runs out and the worker takes it up again.
        .catch((error: unknown) => log.error(faultOf(error), 'a question could not be asked'))
        .finally(() => rounds.delete(question))
      rounds.set(question, made)
      return made
    },
    underWay: (question) => rounds.get(question) ?? null,
    answeredPerMinute: () => meter.lastMinute(clock.now()),
    async idle() {
      while (rounds.size > 0) await Promise.all(rounds.values())
    },
  }
}
