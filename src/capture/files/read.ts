import type { FileReader, FileReport } from '../../formats/index.ts'
import type { Capture, Environment, FileProblem, JudgedFile, UnreadFile, Way } from '../../wallet/index.ts'
import { keepDraft, planOf, type Captured, type CaptureDeps, type ReadDraft } from '../capture.ts'
import { readText } from '../text.ts'
import { trustInForce } from '../trust.ts'
import { judgedDrafts, judgedFiles } from './judged.ts'
import { problemsOf, type FileOutcome } from './outcome.ts'

/** What reading kept files needs. */
export interface FileDeps extends CaptureDeps, Pick<Environment, 'locks'> {
  readonly files: FileReader
  /** The version of the app: what one could not read, the next one tries again. */
  readonly version: string
}

/** Who follows the reading. */
export interface ReadingFollower {
  /** `left` counts it too. */
  readonly begin?: (file: UnreadFile, left: number) => void
  readonly done?: (outcome: FileOutcome) => void
}

/** How the reading ended: nothing waits any more, it was stopped, or no reader could be started and everything waits on. */
export type ReadingEnd = 'done' | 'stopped' | 'no-reader'

/** A reading that never ended so often took the whole browser down; the person decides about the next one. */
const maxTries = 3
/** Whoever holds it has the reader for itself. */
export const lockName = 'piaozai-files'
/** Longer text is no message a person was sent. Bytes. */
const longestText = 400_000

/**
 * Reads every file that waits, in order, one tab at a time. A file's invoices, its marks and its questions are one transaction: a kill
 * before it leaves the file waiting, and it is read again.
 * @throws WalletError, and then what waits goes on waiting.
 */
export async function readWaiting(deps: FileDeps, follower: ReadingFollower = {}, signal?: AbortSignal): Promise<ReadingEnd> {
  const { locks } = deps
  if (locks === null) return readAll(deps, follower, signal)
  try {
    return (await locks.request(lockName, signal ? { signal } : {}, () => readAll(deps, follower, signal))) as ReadingEnd
  } catch (error) {
    // Stopped while another tab was reading.
    if (signal?.aborted) return 'stopped'
    throw error
  }
}

async function readAll(deps: FileDeps, follower: ReadingFollower, signal: AbortSignal | undefined): Promise<ReadingEnd> {
  for (;;) {
    const waiting = (await deps.wallet.files()).files.filter(({ state }) => state.is === 'waiting')
    if (waiting.length === 0) return 'done'
    for (const [at, file] of waiting.entries()) {
      if (signal?.aborted) return 'stopped'
      follower.begin?.(file, waiting.length - at)
      const outcome = await readOne(deps, file.sha256, signal)
      if (outcome === 'stopped' || outcome === 'no-reader') return outcome
      if (outcome !== 'gone') follower.done?.(outcome)
    }
  }
}

async function readOne(
  deps: FileDeps,
  sha256: string,
  signal: AbortSignal | undefined,
): Promise<FileOutcome | 'gone' | 'stopped' | 'no-reader'> {
  const { wallet } = deps
  const begun = await begin(deps, sha256)
  if (begun === null) return 'gone'
  if ('problems' in begun) return begun
  const original = await wallet.original(sha256)
  if (original === null) return settle(deps, begun, [], [{ code: 'original-lost', message: 'The bytes are gone', file: null }])
  const text = textOf(original.bytes)
  const { trust, name } = await trustInForce(wallet)
  let report: FileReport
  try {
    // The bytes are given away; `text` was taken before.
    report = await deps.files.read(original.bytes, begun.name, signal, trust)
  } catch {
    return 'stopped'
  }
  if (report.end === 'no-reader') return 'no-reader'
  const isText = report.readings.length === 1 && report.readings[0]?.reading.format === null && text !== null
  const told = isText ? readText(text) : []
  if (told.length > 0)
    return settle(
      deps,
      begun,
      told.map((draft) => ({ draft, came: { way: 'file', original: sha256 } })),
      [],
    )
  const drafts = judgedDrafts(report).map(({ draft, seal }) => ({
    draft,
    came: { way: wayOf(draft.format), original: sha256, ...(seal && { seal }) },
  }))
  return settle(deps, begun, drafts, problemsOf(report, begun.name), judgedFiles(report, sha256, name, deps.clock.now()))
}

/** Marks that the reading begins. Null: it was read or given up meanwhile. */
async function begin({ wallet, version }: FileDeps, sha256: string): Promise<UnreadFile | FileOutcome | null> {
  return wallet.write(async (tx) => {
    const file = await tx.file(sha256)
    if (file === null || file.state.is !== 'waiting') return null
    const { tries } = file.state
    if (tries < maxTries) {
      await tx.putFile({ ...file, state: { is: 'waiting', tries: tries + 1 } })
      return file
    }
    const problems = [{ code: 'reader-crashed', message: 'The reader ended over the file', file: null }]
    await tx.putFile({ ...file, state: { is: 'look', found: 0, problems, by: version } })
    return { sha256, name: file.name, size: file.size, captured: [], problems }
  })
}

/** The one transaction in which a file becomes invoices. What is left of it stays with its reason. */
async function settle(
  deps: FileDeps,
  { sha256, name, size }: UnreadFile,
  drafts: readonly { readonly draft: ReadDraft; readonly came: Omit<Capture, 'at'> }[],
  problems: readonly FileProblem[],
  judged: readonly JudgedFile[] = [],
): Promise<FileOutcome | 'gone'> {
  const planned = drafts.map((one) => ({ ...one, plan: planOf(deps) }))
  const captured = await deps.wallet.write(async (tx) => {
    const file = await tx.file(sha256)
    if (file?.state.is !== 'waiting') return null
    const kept: Captured[] = []
    for (const { plan, draft, came } of planned) kept.push(await keepDraft(tx, plan, draft, came))
    for (const one of judged) await tx.putSeal(one)
    if (problems.length === 0) await tx.dropFile(sha256)
    else await tx.putFile({ ...file, state: { is: 'look', found: kept.length, problems, by: deps.version } })
    return kept
  })
  if (captured === null) return 'gone'
  // Two files in one archive may be the same invoice; the first says what it was.
  const once = new Map(captured.toReversed().map((one) => [one.entryId, one]))
  return { sha256, name, size, captured: [...once.values()].toReversed(), problems }
}

function wayOf(format: 'ofd' | 'pdf' | 'xml' | 'zip' | 'image'): Way {
  return format === 'image' ? 'picture' : 'file'
}

/** The text of a file that is nothing but text; null otherwise. */
function textOf(bytes: ArrayBuffer): string | null {
  if (bytes.byteLength > longestText) return null
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}
