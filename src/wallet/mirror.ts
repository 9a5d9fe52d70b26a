import type { Dexie } from 'dexie'
import { inTransaction, type Stored, type Tables } from './database.ts'
import { gatherChanges, type Changed, type Changes } from './changes.ts'
import type { Counts, EntryView, OutboxView, Query, UnreadFiles, WalletList } from './entry.ts'
import type { Handle } from './handle.ts'
import { follow, scan, type Image } from './image.ts'
import { readEntry } from './stored-entry.ts'
import { inOrder } from './stored-file.ts'
import { oldestFirst } from './stored-query.ts'
import { allReadable, type DrainState } from './tx.ts'
import { held, inListOrder } from './view.ts'

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
