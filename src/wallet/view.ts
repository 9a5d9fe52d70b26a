import { canonicalElements, deriveStatus, elementsOf, merge, newest, type Field, type Invoice, type Origin } from '../domain/index.ts'
import type { Stored, Tables } from './database.ts'
import type {
  Counts,
  Damaged,
  Entry,
  EntryDetail,
  EntryView,
  Hold,
  OutboxView,
  Query,
  SettledAnswer,
  TimelineItem,
  UnreadFiles,
  WalletList,
} from './entry.ts'
import { sizeOf } from './original.ts'
import { isDamaged, text } from './read.ts'
import { readAnswer } from './stored-answer.ts'
import { readEntry } from './stored-entry.ts'
import { readQuery } from './stored-query.ts'
import { readSeal } from './stored-seal.ts'
import { allReadable, readDrainState } from './tx.ts'

/** The whole wallet in one pass over three tables. */
export async function readList(db: Tables): Promise<WalletList> {
  const [invoices, answers, outbox, drain] = await Promise.all([
    db.invoices.toArray(),
    db.answers.toArray(),
    db.outbox.toArray(),
    db.settings.get('drain'),
  ])
  const damaged: Damaged[] = []
  const { hold } = readDrainState(drain)
  const answersOf = groupByEntry(keep(answers, readAnswer, damaged))
  const queriesOf = groupByEntry(keep(outbox, readQuery, damaged))
  const entries = keep(invoices, readEntry, damaged)
    .filter((entry) => entry.removedAt === null)
    .map((entry) => viewOf(entry, answersOf.get(entry.id) ?? [], queriesOf.get(entry.id) ?? [], hold))
    .sort((a, b) => capturedAt(b.entry) - capturedAt(a.entry) || (a.entry.id < b.entry.id ? 1 : -1))
  return { entries, damaged }
}

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

/** The outbox as its page shows it. */
export async function readOutbox(db: Tables): Promise<OutboxView> {
  const [rows, drain] = await Promise.all([db.outbox.toArray(), db.settings.get('drain')])
  const damaged: Damaged[] = []
  const { hold } = readDrainState(drain)
  const queries = keep(rows, readQuery, damaged).sort((a, b) => a.askedAt - b.askedAt)
  const entries = (await db.invoices.bulkGet(queries.map(({ entryId }) => entryId))).map(readEntry)
  return {
    queries: queries.map((query, at) => {
      const entry = entries[at]
      return { query: held(query, hold), entry: entry === undefined || isDamaged(entry) ? null : entry }
    }),
    damaged,
    hold,
  }
}

/** Numbers for the badge. */
export function countsOf({ entries, damaged }: WalletList, unread: UnreadFiles): Counts {
  let waiting = 0
  let needsLook = damaged.length + unread.damaged.length + unread.files.filter(({ state }) => state.is === 'look').length
  for (const view of entries) {
    const { status } = view
    if (status.is === 'waiting' || status.is === 'asking') waiting++
    if (status.is === 'needs-user' || status.is === 'incomplete' || isOpenMismatch(view)) needsLook++
  }
  return { entries: entries.length, waiting, needsLook }
}

/** A mismatch that nobody has looked at yet: not asked again, not edited, and without a note of the person's own look. */
export function isOpenMismatch({ status, entry }: EntryView): boolean {
  return status.is === 'answered' && status.verdict === 'mismatch' && status.asking === null && entry.note === null
}

function viewOf(entry: Entry, answers: readonly SettledAnswer[], queries: readonly Query[], hold: Hold | null): EntryView {
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
function held(query: Query, hold: Hold | null): Query {
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

function keep<T extends object>(rows: readonly Stored[], read: (row: unknown) => T | Damaged, damaged: Damaged[]): T[] {
  const readable: T[] = []
  for (const row of rows) {
    const one = read(row)
    if (isDamaged(one)) damaged.push(one)
    else readable.push(one as T)
  }
  return readable
}

function groupByEntry<T extends { readonly entryId: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(row.entryId)
    if (group) group.push(row)
    else groups.set(row.entryId, [row])
  }
  return groups
}
