import { Dexie } from 'dexie'

/** The tables that are followed row by row. */
const followed = ['invoices', 'answers', 'outbox', 'files'] as const
export type Followed = (typeof followed)[number]

/** Keys of the rows that were committed; null when nobody knows which. */
export type Changed = Readonly<Record<Followed, ReadonlySet<string>>> | null

/** What was committed to a database since it was last taken, in whatever tab or worker. */
export interface Changes {
  /** Nothing was committed since. */
  isEmpty(): boolean
  /** Adds what somebody else tells of. */
  add(table: Followed, keys: readonly string[]): void
  /** Hands out what was committed, and begins anew. */
  take(): Changed
  end(): void
}

/** More than this is read anew as a whole. */
const many = 500

/** True when a commit that Dexie tells of concerns this database; after a page was frozen nobody knows what it missed. */
export function concerns(parts: object, name: string): boolean {
  return Object.keys(parts).some((part) => part === 'all' || part.startsWith(`idb://${name}/`))
}

/** Gathers keys from Dexie's commit event. */
export function gatherChanges(name: string): Changes {
  let gathered: Record<Followed, Set<string>> | null = noChanges()
  let isEmpty = true

  const onCommit = (parts: object) => {
    if (!concerns(parts, name)) return
    isEmpty = false
    if ('all' in parts) gathered = null
    for (const table of followed) {
      const keys = (parts as Readonly<Record<string, unknown>>)[`idb://${name}/${table}/`]
      if (gathered !== null && keys !== undefined && !addKeys(keys, gathered[table])) gathered = null
    }
  }
  Dexie.on('storagemutated', onCommit)
  return {
    isEmpty: () => isEmpty,
    add(table, keys) {
      isEmpty = false
      for (const key of keys) gathered?.[table].add(key)
    },
    take() {
      const taken = gathered
      gathered = noChanges()
      isEmpty = true
      return taken
    },
    end: () => Dexie.on.storagemutated.unsubscribe(onCommit),
  }
}

function noChanges(): Record<Followed, Set<string>> {
  return { invoices: new Set(), answers: new Set(), outbox: new Set(), files: new Set() }
}

/** A node of Dexie's interval tree; from another tab it comes without its class. */
interface Node {
  readonly from?: unknown
  readonly to?: unknown
  readonly l?: Node | null
  readonly r?: Node | null
}

/** False when the tree holds ranges, or more keys than it is worth. */
function addKeys(tree: unknown, keys: Set<string>): boolean {
  const { from, to, l, r } = (tree ?? {}) as Node
  if (from !== undefined) {
    if (typeof from !== 'string' || from !== to || keys.size >= many) return false
    keys.add(from)
  }
  return (!l || addKeys(l, keys)) && (!r || addKeys(r, keys))
}
