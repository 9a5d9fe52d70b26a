import {
  canonicalElements,
  canonicalKey,
  elementsOf,
  merge,
  missingElements,
  type Answer,
  type Conflict,
  type Draft,
  type Element,
  type Instant,
  type Invoice,
  type Merged,
} from '../domain/index.ts'
import { enqueue, type Question } from '../outbox/index.ts'
import {
  newId,
  WalletError,
  type Capture,
  type Entry,
  type Environment,
  type Original,
  type Wallet,
  type WalletTx,
  type Way,
} from '../wallet/index.ts'

/** What capturing needs. */
export interface CaptureDeps extends Pick<Environment, 'clock' | 'random'> {
  readonly wallet: Wallet
  /** Gives back room on a full device, by dropping what can be fetched again. */
  readonly makeRoom?: () => Promise<void>
}

/** What came of a capture; it is on disk when you read this. */
export interface Captured {
  readonly entryId: string
  /** The invoice as it is in the wallet now. */
  readonly invoice: Invoice
  /** Null for a new invoice; otherwise when it was first captured, for the warning. */
  readonly knownSince: Instant | null
  /** What the form must still ask for; empty when it can be verified or nobody can. */
  readonly missing: readonly Element[]
  /** `queued`: a question is (now or already) on its way · `answered`: these elements have an answer · `incomplete` · `uncheckable`. */
  readonly question: Question
  /** False when the file that came with it could not be kept intact. */
  readonly originalKept: boolean
}

/** Decided before the transaction, so that running it twice gives the same. */
export interface Plan {
  readonly entryId: string
  readonly queryId: string
  readonly now: Instant
}

export function planOf({ clock, random }: CaptureDeps): Plan {
  const now = clock.now()
  return { entryId: newId(now, random), queryId: newId(now, random), now }
}

/**
 * The single way in: one transaction keeps the invoice and its question. The same invoice twice is merged; it warns, it never blocks.
 * @throws WalletError, and then nothing was kept.
 */
export function capture(deps: CaptureDeps, draft: Draft, way: Way, file?: Omit<Original, 'sha256'>): Promise<Captured> {
  return captureWith(deps, draft, way, { file })
}

/** {@link capture}, with what came along: the file it was read from, or an answer that was given at once. */
export async function captureWith(
  deps: CaptureDeps,
  draft: Draft,
  way: Way,
  { file, answer }: { readonly file?: Omit<Original, 'sha256'> | undefined; readonly answer?: Answer | undefined },
): Promise<Captured> {
  const plan = planOf(deps)
  const original = file === undefined ? null : { ...file, sha256: await deps.wallet.fingerprint(file.bytes) }
  const done = await inWhatRoomThereIs(deps, original, (kept) =>
    deps.wallet.write(async (tx) => {
      if (kept !== null) await tx.putOriginal(kept)
      return keepDraft(tx, plan, draft, { way, original: kept?.sha256 ?? null }, answer)
    }),
  )
  // Asked once and not waited for: a prompt must not hold up a capture.
  void deps.wallet.persist().catch(() => undefined)
  if (original === null || !done.originalKept) return done
  return { ...done, originalKept: await deps.wallet.verifyOriginal(original) }
}

/**
 * {@link capture} for several that came together, in one transaction.
 * @throws WalletError, and then none of them was kept.
 */
export async function captureAll(deps: CaptureDeps, drafts: readonly Draft[], way: Way): Promise<readonly Captured[]> {
  if (drafts.length === 0) return []
  const planned = drafts.map((draft) => ({ draft, plan: planOf(deps) }))
  const keep = () =>
    deps.wallet.write(async (tx) => {
      const captured: Captured[] = []
      for (const { draft, plan } of planned) captured.push(await keepDraft(tx, plan, draft, { way, original: null }))
      return captured
    })
  const captured = await keep().catch(async (error: unknown) => {
    if (!isFull(error)) throw error
    await deps.makeRoom?.().catch(() => undefined)
    return keep()
  })
  void deps.wallet.persist().catch(() => undefined)
  return captured
}

/** A full device first gives up what can be fetched again, then the file, and only then the invoice. */
async function inWhatRoomThereIs(
  { makeRoom }: CaptureDeps,
  original: Original | null,
  keep: (original: Original | null) => Promise<Captured>,
): Promise<Captured> {
  try {
    return await keep(original)
  } catch (error) {
    if (!isFull(error)) throw error
    await makeRoom?.().catch(() => undefined)
  }
  try {
    return await keep(original)
  } catch (error) {
    if (!isFull(error) || original === null) throw error
    return { ...(await keep(null)), originalKept: false }
  }
}

/** Whether it failed for want of room. */
export function isFull(error: unknown): boolean {
  return error instanceof WalletError && error.fault === 'full'
}

/** A draft that may already have found its sources at odds. */
export type ReadDraft = Draft & { readonly conflicts?: readonly Conflict[] }

/** The work of one capture inside its transaction. A file that it `came` from is kept already. */
export async function keepDraft(tx: WalletTx, plan: Plan, draft: ReadDraft, came: Omit<Capture, 'at'>, answer?: Answer): Promise<Captured> {
  const known = sameInvoice(await tx.entriesLike(draft.invoice), draft)
  const captured: Capture = { at: plan.now, ...came }
  const entry = known === null ? newEntry(plan.entryId, draft, captured) : addReading(known, draft, captured)
  await tx.putEntry(entry)
  if (answer !== undefined) await keepAnswer(tx, plan, entry, answer)
  const question = await enqueue(tx, entry, { id: plan.queryId, now: plan.now })
  // The same plan may run twice when the connection was lost at the commit; then the entry is our own.
  const own = known === null || known.id === plan.entryId
  return capturedOf(entry, question, own ? null : firstAt(known))
}

/** The answer settles the open question of the same elements if there is one, and stands by itself otherwise. */
async function keepAnswer(tx: WalletTx, { queryId, now }: Plan, entry: Entry, answer: Answer): Promise<void> {
  const elements = elementsOf(entry.invoice)
  if (elements === null) return
  const question = canonicalElements(elements)
  const row = (await tx.queriesOf(entry.id)).find((one) => one.question === question)
  if (row !== undefined) await tx.settle(new Map([[row.id, answer]]), now)
  else await tx.putAnswer({ id: queryId, entryId: entry.id, question, askedAt: now, settledAt: now, answer })
}

export function capturedOf(entry: Entry, question: Question, knownSince: Instant | null): Captured {
  return { entryId: entry.id, invoice: entry.invoice, knownSince, missing: missingElements(entry.invoice), question, originalKept: true }
}

export function firstAt(entry: Entry): Instant {
  return entry.captures[0]?.at ?? 0
}

/** With a key the same key is the same invoice. Without one only a reading that adds nothing and contradicts nothing is. */
function sameInvoice(candidates: readonly Entry[], draft: Draft): Entry | null {
  if (canonicalKey(draft.invoice) !== null) return candidates[0] ?? null
  return candidates.find((one) => sameValues(merge(one, draft), one)) ?? null
}

function sameValues(merged: Merged, entry: Entry): boolean {
  return JSON.stringify([merged.invoice, merged.conflicts]) === JSON.stringify([entry.invoice, entry.conflicts])
}

function newEntry(id: string, draft: ReadDraft, captured: Capture): Entry {
  const { invoice, provenance, checks, problems, conflicts = [] } = draft
  return { id, invoice, provenance, conflicts, checks, problems, captures: [captured], note: null, removedAt: null }
}

/** The entry with one more reading of it. A removed one comes back. */
function addReading(entry: Entry, draft: ReadDraft, captured: Capture): Entry {
  const again = entry.captures.some(({ at, way, original }) => at === captured.at && way === captured.way && original === captured.original)
  return {
    ...entry,
    ...withReading(entry, draft),
    checks: [...draft.checks, ...entry.checks.filter(({ name }) => !draft.checks.some((one) => one.name === name))],
    problems: [...entry.problems, ...draft.problems.filter(({ code }) => !entry.problems.some((one) => one.code === code))],
    captures: again ? entry.captures : [...entry.captures, captured],
    removedAt: null,
  }
}

/** What is known with one more reading, and with what that reading already found at odds. */
function withReading(entry: Entry, draft: ReadDraft): Merged {
  const known = new Set(entry.conflicts.map(({ field, other }) => `${field} ${other}`))
  const more = (draft.conflicts ?? []).filter(({ field, other }) => !known.has(`${field} ${other}`))
  return merge({ ...entry, conflicts: [...entry.conflicts, ...more] }, draft)
}
