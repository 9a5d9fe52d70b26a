import { canonicalElements, elementsOf, ruleOf, type Elements, type Instant } from '../domain/index.ts'
import type { Entry, Query, WalletTx } from '../wallet/index.ts'

/** What became of an entry's question. */
export type Question = 'queued' | 'answered' | 'incomplete' | 'uncheckable'

/** A new row, due at once. */
function newQuery(id: string, entryId: string, elements: Elements, now: Instant): Query {
  return {
    id,
    entryId,
    elements,
    question: canonicalElements(elements),
    state: 'queued',
    reason: null,
    ticket: null,
    nextAt: null,
    askedAt: now,
    setAt: now,
    attempts: 0,
    problem: null,
  }
}

/** True when no gateway has taken this row on, or one refused it for good: then the person may take it back. */
function canWithdraw(query: Query): boolean {
  return query.state === 'needs-user' || (query.state === 'queued' && query.attempts === 0 && query.ticket === null)
}

/**
 * Puts an entry's question into the outbox, within the transaction that writes the entry. Asked or answered with the same elements already: nothing
 * is added, unless the person wants it `anew`. Questions with elements the entry no longer has are taken back if nobody has seen them.
 */
export async function enqueue(
  tx: WalletTx,
  entry: Entry,
  { id, now, anew = false }: { readonly id: string; readonly now: Instant; readonly anew?: boolean },
): Promise<Question> {
  const elements = elementsOf(entry.invoice)
  const question = elements === null ? null : canonicalElements(elements)
  const rows = await tx.queriesOf(entry.id)
  for (const row of rows) {
    const moot = row.question !== question || (anew && row.state === 'needs-user')
    if (moot && canWithdraw(row)) await tx.withdraw(row.id)
  }
  if (elements === null) return ruleOf(entry.invoice.kind).elements.length === 0 ? 'uncheckable' : 'incomplete'
  const open = rows.some((row) => row.question === question && !(anew && row.state === 'needs-user'))
  if (open) return 'queued'
  if (!anew && (await tx.answersOf(entry.id)).some((one) => one.question === question)) return 'answered'
  await tx.putQueries([newQuery(id, entry.id, elements, now)])
  return 'queued'
}
