import { canonicalElements, deriveStatus, elementsOf, merge, newest, type Field, type Invoice, type Origin } from '../domain/index.ts'
import type { Tables } from './database.ts'
import type { Entry, EntryDetail, EntryView, Hold, Query, SettledAnswer, TimelineItem } from './entry.ts'
import { sizeOf } from './original.ts'
import { isDamaged, text } from './read.ts'
import { readAnswer } from './stored-answer.ts'
import { readEntry } from './stored-entry.ts'
import { readQuery } from './stored-query.ts'
import { readSeal } from './stored-seal.ts'
import { allReadable, readDrainState } from './tx.ts'

/** One invoice with everything kept about it. */
export async function readDetail(db: Tables, id: string): Promise<EntryDetail | null> {
  const entry = readEntry(await db.invoices.get(id))
  if (isDamaged(entry)) return null
  const hashes = [...new Set(entry.captures.flatMap(({ original }) => original ?? []))]
  const judged = [...new Set(entry.captures.flatMap(({ seal }) => seal?.file ?? []))]
  const [answerRows, queryRows, originalRows, sealRows, drain] = await Promise.all([
    db.answers.where('entryId').equals(id).toArray(),
    db.outbox.where('entryId').equals(id).toArray(),
    db.originals.bulkGet(hashes),
    db.seals.bulkGet(judged),
    db.settings.get('drain'),
  ])
  const { hold } = readDrainState(drain)
  const answers = allReadable(answerRows.map(readAnswer)).sort((a, b) => b.settledAt - a.settledAt)
  const queries = allReadable(queryRows.map(readQuery)).map((query) => held(query, hold))
  return {
    ...viewOf(entry, answers, queries, hold),
    answers,
    queries,
    originals: originalRows.flatMap((row, at) => {
      const sha256 = hashes[at] ?? ''
      return row === undefined ? [] : [{ sha256, name: text(row.name) ?? sha256, type: text(row.type) ?? '', size: sizeOf(row.bytes) }]
    }),
    seals: sealRows.flatMap((row) => readSeal(row) ?? []),
    timeline: timelineOf(entry, answers, queries),
  }
}

/** What an invoice asks of the person: it goes on by itself, it must be looked at, or nothing. */
export type Concern = 'waits' | 'look' | 'none'

export function concernOf(view: EntryView): Concern {
  const { is } = view.status
  if (is === 'waiting' || is === 'asking') return 'waits'
  return is === 'needs-user' || is === 'incomplete' || isOpenMismatch(view) ? 'look' : 'none'
}

/** Newest capture first. */
export function inListOrder(a: EntryView, b: EntryView): number {
  return capturedAt(b.entry) - capturedAt(a.entry) || (a.entry.id < b.entry.id ? 1 : -1)
}

/** A mismatch that nobody has looked at yet: not asked again, not edited, and without a note of the person's own look. */
export function isOpenMismatch({ status, entry }: EntryView): boolean {
  return status.is === 'answered' && status.verdict === 'mismatch' && status.asking === null && entry.note === null
}

/** An invoice with its status, and with the record of the answer that counts. */
export function viewOf(entry: Entry, answers: readonly SettledAnswer[], queries: readonly Query[], hold: Hold | null): EntryView {
  const status = deriveStatus(
    entry.invoice,
    answers,
    queries.map((query) => held(query, hold)),
  )
  const record = newest(answers.filter(({ question }) => question === questionOf(entry.invoice)).map(({ answer }) => answer))?.invoice
  return { entry, status, shown: record ? merge(entry, { invoice: record, provenance: answered(record) }) : entry }
}

/** What the gateway gave is `answer` here, wherever it had it from. */
function answered(record: Invoice): Partial<Record<Field, Origin>> {
  const origin = (value: object): Partial<Record<string, Origin>> =>
    Object.fromEntries(Object.keys(value).map((field) => [field, 'answer' as const]))
  const parties = { 'seller.name': 1, 'seller.taxId': 1, 'buyer.name': 1, 'buyer.taxId': 1 }
  return origin({ ...record, ...parties })
}

export function questionOf(invoice: Invoice): string | null {
  const elements = elementsOf(invoice)
  return elements === null ? null : canonicalElements(elements)
}

/** A queued row while the outbox pauses: it says why, and when it is tried next. */
export function held(query: Query, hold: Hold | null): Query {
  if (hold === null || query.state !== 'queued') return query
  return { ...query, reason: query.reason ?? hold.reason, nextAt: Math.max(query.nextAt ?? 0, hold.until) }
}

function timelineOf(entry: Entry, answers: readonly SettledAnswer[], queries: readonly Query[]): TimelineItem[] {
  const question = questionOf(entry.invoice)
  const items: TimelineItem[] = [
    ...entry.captures.map((capture, at) => ({ is: 'captured', at: capture.at, capture, again: at > 0 }) as const),
    ...queries.map((query) => ({ is: 'asked', at: query.askedAt, query }) as const),
    ...answers.map((one) => ({ is: 'answered', at: one.settledAt, answered: one, counts: one.question === question }) as const),
    ...(entry.note ? [{ is: 'noted', at: entry.note.at, note: entry.note } as const] : []),
  ]
  return items.sort((a, b) => b.at - a.at)
}

function capturedAt(entry: Entry): number {
  return entry.captures[0]?.at ?? 0
}
