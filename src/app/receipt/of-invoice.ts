import type { Answer } from '../../domain/index.ts'
import type { EntryDetail } from '../../wallet/index.ts'

/** A receipt that an invoice has, and the answer it came with; null for the queue ticket of a question that waits. */
export interface OwnReceipt {
  readonly text: string
  readonly answer: Answer | null
}

/** The receipts of an invoice: of what waits first, then of the answers, newest first. */
export function receiptsOf({ queries, timeline }: Pick<EntryDetail, 'queries' | 'timeline'>): OwnReceipt[] {
  const tickets = queries.flatMap(({ receipt }) => (receipt === undefined ? [] : { text: receipt, answer: null }))
  const answered = timeline.flatMap((item) => {
    if (item.is !== 'answered' || item.answered.answer.receipt === undefined) return []
    return { text: item.answered.answer.receipt, answer: item.answered.answer }
  })
  return [...tickets, ...answered]
}
