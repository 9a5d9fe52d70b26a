import type { Instant } from '../domain/index.ts'
import type { Tables } from './database.ts'
import type { Entry } from './entry.ts'
import { instant, isDamaged } from './read.ts'
import { readEntry } from './stored-entry.ts'

const day = 86_400_000
/** How long a removed invoice can be brought back. */
const keptFor = 30 * day
/** The purge must still find it due after this, and not much later: a clock that jumped ahead once must not empty the bin. */
const confirmAfter = day
const confirmWithin = 10 * day

/** Forgets what was removed long ago and has no open query. Returns how many invoices. */
export async function purgeRemoved(db: Tables, now: Instant): Promise<number> {
  const open = new Set((await db.outbox.toArray()).map((row) => row.entryId))
  const entries = (await db.invoices.toArray()).map(readEntry).flatMap((entry) => (isDamaged(entry) ? [] : [entry]))
  const due = entries.filter(({ id, removedAt }) => removedAt !== null && now - removedAt > keptFor && !open.has(id))
  if (due.length === 0) return 0

  const seenAt = instant((await db.settings.get('purge'))?.value)
  if (seenAt === null || now < seenAt || now - seenAt > confirmWithin) {
    await db.settings.put({ key: 'purge', value: now })
    return 0
  }
  if (now - seenAt < confirmAfter) return 0

  const gone = new Set(due.map(({ id }) => id))
  const unread = await db.files.toCollection().primaryKeys()
  const still = new Set([...unread, ...originalsOf(entries.filter(({ id }) => !gone.has(id)))])
  const files = originalsOf(due).filter((original) => !still.has(original))
  await db.invoices.bulkDelete([...gone])
  await db.answers
    .where('entryId')
    .anyOf([...gone])
    .delete()
  await db.originals.bulkDelete(files)
  await forgetSeals(db, new Set(files))
  await db.settings.delete('purge')
  return gone.size
}

/** Gives up an unread file, and its bytes unless an invoice came with them. */
export async function removeFile(db: Tables, sha256: string): Promise<void> {
  await db.files.delete(sha256)
  const entries = (await db.invoices.toArray()).map(readEntry)
  // An entry that cannot be read may have come with it.
  const isWanted = entries.some((entry) => isDamaged(entry) || originalsOf([entry]).includes(sha256))
  if (isWanted) return
  await db.originals.delete(sha256)
  await forgetSeals(db, new Set([sha256]))
}

async function forgetSeals(db: Tables, originals: ReadonlySet<unknown>): Promise<void> {
  await db.seals.filter(({ original }) => originals.has(original)).delete()
}

function originalsOf(entries: readonly Entry[]): string[] {
  return entries.flatMap(({ captures }) => captures.flatMap(({ original }) => original ?? []))
}
