import type { Dexie } from 'dexie'
import type { Stored, Tables } from './database.ts'
import type { Changed, Followed } from './changes.ts'
import type { Damaged, Entry, EntryView, Query, SettledAnswer, UnreadFile } from './entry.ts'
import { eachRow } from './each-row.ts'
import { isDamaged } from './read.ts'
import { readAnswer } from './stored-answer.ts'
import { readEntry } from './stored-entry.ts'
import { readFile } from './stored-file.ts'
import { readQuery } from './stored-query.ts'
import { allReadable, readDrainState, type DrainState } from './tx.ts'
import { concernOf, viewOf, type Concern } from './view.ts'

/** What is held in memory of a wallet. */
export interface Image {
  /** Another handle means that what was missed is not known. */
  readonly db: Dexie
  /** Null until the list is asked for. */
  readonly views: Map<string, EntryView> | null
  readonly concerns: Map<string, Concern>
  readonly queries: Map<string, Query>
  readonly byEntry: Map<string, readonly Query[]>
  /** Ids of entries that have answers. */
  readonly answered: Set<string>
  readonly files: Map<string, UnreadFile>
  /** By key: what is damaged may be the key itself. */
  readonly damaged: Readonly<Record<Followed, Map<unknown, Damaged>>>
  drain: DrainState
}

/** Reads the wallet whole. @param views where to put the invoices themselves; null when nobody asked for them. */
export async function scan(db: Dexie, tables: Tables, views: Image['views']): Promise<Image> {
  const image: Image = {
    db,
    views,
    concerns: new Map(),
    queries: new Map(),
    byEntry: new Map(),
    answered: new Set(),
    files: new Map(),
    damaged: { invoices: new Map(), answers: new Map(), outbox: new Map(), files: new Map() },
    drain: readDrainState(await tables.settings.get('drain')),
  }
  const answers = new Map<string, SettledAnswer[]>()
  await eachRow(tables.files, (key, row) => takeFile(image, key, row))
  await eachRow(tables.outbox, (key, row) => takeQuery(image, key, row))
  await eachRow(tables.answers, (key, row) => {
    const answer = takeAnswer(image, key, row)
    if (answer !== null) addTo(answers, answer)
  })
  await eachRow(tables.invoices, (key, row) => takeEntry(image, key, row, answers.get(key as string) ?? []))
  return image
}

/** Brings an image up to date; null when that touches so much that it is better read anew. */
export async function follow(image: Image, changed: NonNullable<Changed>, tables: Tables): Promise<Image | null> {
  const touched = new Set(changed.invoices)
  const drain = readDrainState(await tables.settings.get('drain'))
  const isHeldAnew = JSON.stringify(drain.hold) !== JSON.stringify(image.drain.hold)
  image.drain = drain
  if (isHeldAnew) for (const id of await holdAnew(image, tables)) touched.add(id)
  const rowsOf = async (table: 'files' | 'outbox' | 'answers', take: (key: string, row: Stored | undefined) => void) => {
    const keys = [...changed[table]]
    const rows = keys.length === 0 ? [] : await tables[table].bulkGet(keys)
    keys.forEach((key, at) => take(key, rows[at]))
  }
  await rowsOf('files', (key, row) => void takeFile(image, key, row))
  await rowsOf('outbox', (key, row) => {
    const before = image.queries.get(key)
    const after = takeQuery(image, key, row)
    for (const query of [before, after]) if (query) touched.add(query.entryId)
  })
  // Whoever takes an answer out touches its invoice, too.
  const answers = new Map<string, SettledAnswer[]>()
  const fresh = new Set<string>()
  await rowsOf('answers', (key, row) => {
    const before = image.answered.size
    const answer = takeAnswer(image, key, row)
    if (answer === null) return
    touched.add(answer.entryId)
    if (image.answered.size > before) fresh.add(answer.entryId)
    addTo(answers, answer)
  })
  if (touched.size > 500) return null
  // An invoice that is here and was not written itself is not read again: every row that a page reads its browser must clear away later.
  const here = ({ views }: Image, id: string) => (changed.invoices.has(id) ? undefined : views?.get(id)?.entry)
  const ids = [...touched]
  const unread = ids.filter((id) => here(image, id) === undefined)
  const found = unread.length === 0 ? [] : await tables.invoices.bulkGet(unread)
  const entries = new Map(unread.map((id, at) => [id, found[at]]))
  const older = ids.filter((id) => image.answered.has(id) && !fresh.has(id))
  const rows = await Promise.all(older.map((id) => tables.answers.where('entryId').equals(id).toArray()))
  older.forEach((id, at) => answers.set(id, allReadable((rows[at] ?? []).map(readAnswer))))
  for (const id of ids) {
    const entry = here(image, id)
    if (entry === undefined) takeEntry(image, id, entries.get(id), answers.get(id) ?? [])
    else show(image, entry, answers.get(id) ?? [])
  }
  return image
}

function addTo(answers: Map<string, SettledAnswer[]>, answer: SettledAnswer): void {
  const others = answers.get(answer.entryId)
  if (others) others.push(answer)
  else answers.set(answer.entryId, [answer])
}

function takeFile({ files, damaged }: Image, key: unknown, row: Stored | undefined): void {
  const file = checked(damaged.files, key, row === undefined ? null : readFile(row))
  if (file === null) files.delete(key as string)
  else files.set(file.sha256, file)
}

function takeQuery({ queries, byEntry, damaged }: Image, key: unknown, row: Stored | undefined): Query | null {
  const before = queries.get(key as string)
  const query = checked(damaged.outbox, key, row === undefined ? null : readQuery(row))
  if (before) {
    const others = (byEntry.get(before.entryId) ?? []).filter(({ id }) => id !== before.id)
    if (others.length > 0) byEntry.set(before.entryId, others)
    else byEntry.delete(before.entryId)
    queries.delete(before.id)
  }
  if (query === null) return null
  queries.set(query.id, query)
  byEntry.set(query.entryId, [...(byEntry.get(query.entryId) ?? []), query])
  return query
}

function takeAnswer({ damaged, answered }: Image, key: unknown, row: Stored | undefined): SettledAnswer | null {
  const answer = checked(damaged.answers, key, row === undefined ? null : readAnswer(row))
  if (answer) answered.add(answer.entryId)
  return answer
}

function takeEntry(image: Image, key: unknown, row: Stored | undefined, answers: readonly SettledAnswer[]): void {
  const entry = checked(image.damaged.invoices, key, row === undefined ? null : readEntry(row))
  if (entry !== null && entry.removedAt === null) return show(image, entry, answers)
  image.views?.delete(key as string)
  image.concerns.delete(key as string)
}

function show({ views, concerns, byEntry, drain }: Image, entry: Entry, answers: readonly SettledAnswer[]): void {
  const view = viewOf(entry, answers, byEntry.get(entry.id) ?? [], drain.hold)
  views?.set(entry.id, view)
  concerns.set(entry.id, concernOf(view))
}

/** So many invoices at once: few enough that the page stays awake. */
const atOnce = 250

/**
 * A pause holds every question that waits, and says why: what only waits is shown anew from what is here.
 * @returns the invoices that have answers, too: theirs are to be read.
 */
async function holdAnew(image: Image, tables: Tables): Promise<readonly string[]> {
  const { views, byEntry, answered } = image
  // What an invoice asks of the person is the same with a pause and without.
  if (views === null) return []
  const ids = [...byEntry.keys()]
  for (const [at, id] of ids.entries()) {
    const view = views.get(id)
    if (view !== undefined && !answered.has(id)) show(image, view.entry, [])
    // Any request lets the page do something else, and the transaction stays.
    if (at % atOnce === atOnce - 1) await tables.settings.get('drain')
  }
  return ids.filter((id) => views.has(id) && answered.has(id))
}

/** Notes what is damaged, and what is so no more. */
function checked<T extends object>(damaged: Map<unknown, Damaged>, key: unknown, read: T | Damaged | null): T | null {
  if (read === null || !isDamaged(read)) {
    damaged.delete(key)
    return read as T | null
  }
  damaged.set(key, read)
  return null
}
