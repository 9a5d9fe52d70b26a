import {
  isOpenMismatch,
  type Damaged,
  type Entry,
  type EntryView,
  type OutboxView,
  type Query,
  type UnreadFile,
  type UnreadFiles,
  type WalletList,
} from '../../wallet/index.ts'

/** One line of 待办. */
export type Todo =
  | { readonly is: 'asking' | 'waiting' | 'refused'; readonly key: string; readonly query: Query; readonly entry: Entry | null }
  /** An element is missing, or the authority knows other values: the person looks at the paper. */
  | { readonly is: 'incomplete' | 'mismatch'; readonly key: string; readonly view: EntryView }
  /** A file that is kept and was not read, or not wholly. */
  | { readonly is: 'file'; readonly key: string; readonly file: UnreadFile }
  | { readonly is: 'damaged'; readonly key: string; readonly damaged: Damaged }

/** The three groups, oldest question first; nothing is left out. */
export interface Todos {
  readonly asking: readonly Todo[]
  readonly waiting: readonly Todo[]
  readonly look: readonly Todo[]
}

/** Sorts what is open into the groups. */
export function groupsOf(outbox: OutboxView, list: WalletList, unread: UnreadFiles): Todos {
  const asking: Todo[] = []
  const waiting: Todo[] = []
  const look: Todo[] = []
  for (const { query, entry } of outbox.queries) {
    const key = query.id
    if (query.state === 'sending') asking.push({ is: 'asking', key, query, entry })
    else if (query.state === 'needs-user') look.push({ is: 'refused', key, query, entry })
    else waiting.push({ is: 'waiting', key, query, entry })
  }
  for (const view of list.entries) {
    const key = view.entry.id
    if (view.status.is === 'incomplete') look.push({ is: 'incomplete', key, view })
    // With a note of their own the person has looked; the card still says what was answered.
    else if (isOpenMismatch(view)) look.push({ is: 'mismatch', key, view })
  }
  for (const file of unread.files) if (file.state.is === 'look') look.push({ is: 'file', key: file.sha256, file })
  const damaged = new Map([...outbox.damaged, ...list.damaged, ...unread.damaged].map((one) => [`${one.table} ${one.id}`, one]))
  for (const [key, one] of damaged) look.push({ is: 'damaged', key, damaged: one })
  return { asking, waiting, look }
}

/** Whether asking again at once can do any good: something waits for its turn on this device, and the way is not known to be shut. */
export function retryHelps(
  waiting: readonly Todo[],
  service: 'unknown' | 'up' | 'device-offline' | 'gateway-down' | 'authority-down',
): boolean {
  if (service === 'device-offline' || service === 'authority-down') return false
  return waiting.some((todo) => todo.is === 'waiting' && todo.query.state === 'queued')
}
