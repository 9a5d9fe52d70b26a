import { merge, type Field, type Origin } from '../../domain/index.ts'
import type { FileReport } from '../../formats/index.ts'
import type { Capture, Entry, ToJudge, WalletTx } from '../../wallet/index.ts'
import { signedPart } from '../signed.ts'
import { trustInForce } from '../trust.ts'
import { judgedDrafts, judgedFiles, type JudgedDraft } from './judged.ts'
import { lockName, type FileDeps } from './read.ts'

/**
 * Judges again, from the kept originals, what rests on trust lists that are no longer those in force, and what nobody has judged yet. One tab
 * at a time and not while files are read; each original is one transaction, so that a kill costs at most one of them.
 * @returns how many originals were judged.
 * @throws WalletError, and then the rest is judged at the next start.
 */
export async function judgeAgain(deps: FileDeps, signal?: AbortSignal): Promise<number> {
  const { locks, wallet } = deps
  // Most starts have nothing to do, and then nobody waits for the lock.
  if ((await wallet.toJudge((await trustInForce(wallet)).name)).length === 0) return 0
  if (locks === null) return judgeAll(deps, signal)
  try {
    return (await locks.request(lockName, signal ? { signal } : {}, () => judgeAll(deps, signal))) as number
  } catch (error) {
    if (signal?.aborted) return 0
    throw error
  }
}

async function judgeAll(deps: FileDeps, signal: AbortSignal | undefined): Promise<number> {
  const { wallet, files, keeper = wallet } = deps
  const { trust, name } = await trustInForce(wallet)
  let count = 0
  for (const due of await wallet.toJudge(name)) {
    if (signal?.aborted) return count
    const original = await keeper.original(due.original)
    let report: FileReport = { readings: [], end: 'whole' }
    try {
      if (original !== null) report = await files.read(original.bytes, original.name, signal, trust)
    } catch {
      return count
    }
    if (report.end === 'no-reader') return count
    await wallet.write((tx) => settle(tx, due, report, name, deps.clock.now()))
    count += 1
  }
  return count
}

/** The one transaction in which an original has its new verdicts, and its invoices say so. */
async function settle(tx: WalletTx, due: ToJudge, report: FileReport, lists: string, now: number): Promise<void> {
  const drafts = judgedDrafts(report)
  for (const id of due.entries) {
    const entry = await tx.entry(id)
    if (entry !== null) await tx.putEntry(restate(entry, due, drafts))
  }
  // What is not found any more, or cannot carry a signature, is not asked for again.
  for (const file of due.files) await tx.dropSeal(file)
  for (const judged of judgedFiles(report, due.original, lists, now)) await tx.putSeal(judged)
}

/** The invoice as it would be had its file been judged by these lists from the first. */
function restate(entry: Entry, { original }: ToJudge, drafts: readonly JudgedDraft[]): Entry {
  // By its number: the same file gives the same invoice, and a person may have edited everything else.
  const own = drafts.filter(({ draft }) => draft.invoice.number === entry.invoice.number)
  const captures = entry.captures.map((one) => (one.original === original ? judgedAnew(one, own) : one))
  const claimed = entry.captures.some(
    ({ original: from, seal }) => from === original && (seal?.verdict === 'trusted' || seal?.verdict === 'partial'),
  )
  const provenance = claimed ? withoutClaims(entry, own) : entry.provenance
  const conflicts = entry.conflicts.map((one) => ({ ...one, keptFrom: provenance[one.field] ?? one.keptFrom }))
  const before: Entry = { ...entry, captures, provenance, conflicts }
  // Only what is signed now: what a person typed over the rest of the file stays.
  return own.reduce((one, { draft }) => {
    const signed = signedPart(draft)
    return signed === null ? one : { ...one, ...merge(one, signed) }
  }, before)
}

function judgedAnew({ seal: before, ...capture }: Capture, own: readonly JudgedDraft[]): Capture {
  const seal = own.find((one) => before === undefined || one.seal?.file === before.file)?.seal
  return seal ? { ...capture, seal } : capture
}

/** What counted as signed has the origin that the file gives it now. */
function withoutClaims({ provenance }: Entry, own: readonly JudgedDraft[]): Entry['provenance'] {
  const now = (field: Field): Origin =>
    own.find(({ draft }) => draft.provenance[field] !== undefined)?.draft.provenance[field] ?? 'self-reported'
  return Object.fromEntries(Object.entries(provenance).map(([field, from]) => [field, from === 'signed' ? now(field as Field) : from]))
}
