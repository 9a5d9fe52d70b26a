import type { Answer, CalendarDate, Fen, Instant } from '../../domain/index.ts'
import { outcomeOf, type ReceiptContents, type ReceiptSubject } from './contents.ts'
import { rowOf } from './digits.ts'

/** An invoice at hand: what is known of it. */
export interface AtHand {
  readonly code: string | null
  readonly number: string
  readonly issuedOn: CalendarDate | null
  readonly amount: Fen | null
}

/** How a value at hand compares with the receipt's; `unknown` when one of the two does not state it. */
export type Comparison = 'same' | 'differs' | 'unknown'

/** How an invoice at hand compares with what a receipt is about. */
export function compareInvoice(subject: ReceiptSubject, atHand: AtHand): Readonly<Record<'number' | 'issuedOn' | 'amount', Comparison>> {
  const compare = <T>(mine: T | null, its: T | null): Comparison =>
    mine === null || its === null ? 'unknown' : mine === its ? 'same' : 'differs'
  const mine = rowOf(atHand.code, atHand.number)?.digits
  return {
    number: mine === rowOf(subject.code, subject.number)?.digits ? 'same' : 'differs',
    issuedOn: compare(atHand.issuedOn, subject.issuedOn),
    amount: compare(atHand.amount, subject.amount),
  }
}

/** True when a receipt says what the answer that came with it says. */
export function saysTheSame(contents: ReceiptContents, answer: Pick<Answer, 'verdict' | 'redFlush' | 'sources' | 'answeredAt'>): boolean {
  const said = outcomeOf(answer)
  return said.status === contents.status && said.class === contents.class && sameSecond(contents.at, answer.answeredAt)
}

function sameSecond(a: Instant, b: Instant): boolean {
  return Math.floor(a / 1000) === Math.floor(b / 1000)
}
