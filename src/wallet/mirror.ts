import type { Dexie } from 'dexie'
import { inTransaction, type Stored, type Tables } from './database.ts'
import { gatherChanges, type Changed, type Changes, type Followed } from './changes.ts'
import type { Counts, Damaged, Entry, EntryView, OutboxView, Query, SettledAnswer, UnreadFile, UnreadFiles, WalletList } from './entry.ts'
import type { Handle } from './handle.ts'
import { eachRow } from './each-row.ts'
import { isDamaged } from './read.ts'
import { readAnswer } from './stored-answer.ts'
import { readEntry } from './stored-entry.ts'
import { inOrder, readFile } from './stored-file.ts'
import { oldestFirst, readQuery } from './stored-query.ts'
import { allReadable, readDrainState, type DrainState } from './tx.ts'
import { concernOf, held, inListOrder, viewOf, type Concern } from './view.ts'

/**
 * What pages and timers follow, in memory: read whole once, then brought up to date by the rows that were committed, so that a wallet that
 * grows costs no more at each commit than what was added. The invoices themselves are held only once the list was asked for.
 */
export interface Mirror {
  list(): Promise<WalletList>
  counts(): Promise<Counts>
  files(): Promise<UnreadFiles>
  outbox(): Promise<OutboxView>
  /** Oldest question first. */
  queries(): Promise<{ readonly queries: readonly Query[]; readonly drain: DrainState }>
  /** These rows of files were committed elsewhere, whether the browser has told of it or not. */
  heard(files: readonly string[]): void
  end(): void
}

interface Image {
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

export function createMirror(handle: Handle, name: string): Mirror {
  let changes: Changes | null = null
  let image: Image | null = null
  let wantsViews = false
  let running: Promise<Image> | null = null

  /** Commits are listened to from the first read on: a wallet that only captures, or could not be opened, listens to none. */
  const following = () => (changes ??= gatherChanges(name))

  /** The image as of now. Who asks while it is being read shares that, unless something was committed since. */
  async function fresh(): Promise<Image> {
    const committed = following()
    // Dexie tells its listeners of a commit last come first: let the word reach ours, too.
    await Promise.resolve()
    while (running !== null) {
      if (committed.isEmpty()) return running
      await running.catch(() => undefined)
    }
    const mine = bringUp().finally(() => {
      if (running === mine) running = null
    })
    running = mine
    return mine
  }

  async function bringUp(): Promise<Image> {
    const untouched = following().isEmpty()
    const changed = following().take()
    const before = image
    image = null
    const read = (db: Dexie) => inTransaction(db, 'r', (tables) => next(before, changed, db, tables))
    // Most who ask do so because some other thing happened: with nothing committed since, the disk is left alone.
    image = await handle.run(async (db) => (untouched && isWhole(before, db) ? before : read(db)), { writes: false })
    return image
  }

  async function next(before: Image | null, changed: Changed, db: Dexie, tables: Tables): Promise<Image> {
    const followed = changed !== null && isWhole(before, db) && (await follow(before, changed, tables))
    return followed || scan(db, tables, wantsViews ? new Map<string, EntryView>() : null)
  }

  function isWhole(before: Image | null, db: Dexie): before is Image {
    return before !== null && before.db === db && (before.views !== null || !wantsViews)
  }

  async function withViews(): Promise<Image & { readonly views: Map<string, EntryView> }> {
    wantsViews = true
    for (;;) {
      const now = await fresh()
      if (now.views !== null) return { ...now, views: now.views }
    }
  }

  return {
    async list() {
      const { views, damaged } = await withViews()
      const { invoices, answers, outbox } = damaged
      return {
        entries: [...views.values()].sort(inListOrder),
        damaged: [...answers.values(), ...outbox.values(), ...invoices.values()],
      }
    },
    async counts() {
      const { concerns, files, damaged } = await fresh()
      let waiting = 0
      let needsLook = Object.values(damaged).reduce((sum, { size }) => sum + size, 0)
      for (const concern of concerns.values()) {
        if (concern === 'waits') waiting++
        else if (concern === 'look') needsLook++
      }
      for (const { state } of files.values()) if (state.is === 'look') needsLook++
      return { entries: concerns.size, waiting, needsLook }
    },
    async files() {
      const { files, damaged } = await fresh()
      return { files: [...files.values()].sort(inOrder), damaged: [...damaged.files.values()] }
    },
    async outbox() {
      const { queries, views, damaged, drain } = await withViews()
      const asked = [...queries.values()].sort(oldestFirst)
      // Of thousands the list has all but those that were taken out while somebody was asked about them.
      const rest = asked.flatMap(({ entryId }) => (views.has(entryId) ? [] : entryId))
      const rows = rest.length === 0 ? [] : await handle.run((db) => db.table<Stored>('invoices').bulkGet(rest), { writes: false })
      const others = new Map(allReadable(rows.map(readEntry)).map((entry) => [entry.id, entry]))
      return {
        queries: asked.map((query) => ({
          query: held(query, drain.hold),
          entry: views.get(query.entryId)?.entry ?? others.get(query.entryId) ?? null,
        })),
        damaged: [...damaged.outbox.values()],
        hold: drain.hold,
      }
    },
    async queries() {
      const { queries, drain } = await fresh()
      return { queries: [...queries.values()].sort(oldestFirst), drain }
    },
    heard: (files) => following().add('files', files),
    // Also when nobody has read yet: whoever asks a closed wallet must not begin to listen.
    end: () => following().end(),
  }
}

async function scan(db: Dexie, tables: Tables, views: Image['views']): Promise<Image> {
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
async function follow(image: Image, changed: NonNullable<Changed>, tables: Tables): Promise<Image | null> {
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
