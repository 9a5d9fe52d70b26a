import type { FileReader, FileReport } from '../../formats/index.ts'
import type { Environment, UnreadFile } from '../../wallet/index.ts'
import type { CaptureDeps } from '../capture.ts'
import { trustInForce, type TrustInForce } from '../trust.ts'
import { bytesLost, foundIn, textOf, type Found } from './found.ts'
import type { FileKeeper } from './keeper.ts'
import { beginGroup, groupOf, settleGroup } from './group.ts'
import type { FileOutcome } from './outcome.ts'

/** What reading kept files needs. */
export interface FileDeps extends CaptureDeps, Pick<Environment, 'locks'> {
  readonly files: FileReader
  /** Fetches the bytes of kept files; without one they are read here. */
  readonly keeper?: Pick<FileKeeper, 'original'>
  /** The version of the app: what one could not read, the next one tries again. */
  readonly version: string
}

/** Who follows the reading. */
export interface ReadingFollower {
  /** `left` counts it too. */
  readonly begin?: (file: UnreadFile, left: number) => void
  /** It is on disk; a few are told at once. */
  readonly done?: (outcome: FileOutcome) => void
}

/** How the reading ended: nothing waits any more, it was stopped, or no reader could be started and everything waits on. */
export type ReadingEnd = 'done' | 'stopped' | 'no-reader'

/** Whoever holds it has the reader for itself. */
export const lockName = 'piaozai-files'
/** What was read is kept and told after so long, even if others of its group are slow. Milliseconds. */
const longestWait = 300

/**
 * Reads every file that waits, in order, one tab at a time, a few together: their invoices, marks and questions are one transaction. A kill
 * before it leaves them waiting, and they are read again.
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
    let waiting = (await deps.wallet.files()).files.filter(({ state }) => state.is === 'waiting')
    if (waiting.length === 0) return 'done'
    while (waiting.length > 0) {
      if (signal?.aborted) return 'stopped'
      const group = groupOf(waiting)
      const end = await readGroup(deps, group, waiting.length, follower, signal)
      if (end !== 'done') return end
      waiting = waiting.slice(group.length)
    }
  }
}

async function readGroup(
  deps: FileDeps,
  group: readonly UnreadFile[],
  left: number,
  { begin, done }: ReadingFollower,
  signal: AbortSignal | undefined,
): Promise<ReadingEnd> {
  const { clock } = deps
  const { begun, givenUp } = await beginGroup(deps, group)
  for (const outcome of givenUp) done?.(outcome)
  const trust = await trustInForce(deps.wallet)
  let read: { readonly file: UnreadFile; readonly found: Found }[] = []
  let since = clock.now()
  for (const [at, file] of begun.entries()) {
    begin?.(file, left - at)
    const found = await readOne(deps, file, trust, signal)
    if (found === 'stopped' || found === 'no-reader') {
      for (const outcome of await settleGroup(deps, read, begun.slice(at))) done?.(outcome)
      return found
    }
    read.push({ file, found })
    if (at < begun.length - 1 && clock.now() - since < longestWait) continue
    for (const outcome of await settleGroup(deps, read)) done?.(outcome)
    read = []
    since = clock.now()
  }
  return 'done'
}

async function readOne(
  { wallet, files, clock, keeper = wallet }: FileDeps,
  file: UnreadFile,
  { trust, name: lists }: TrustInForce,
  signal: AbortSignal | undefined,
): Promise<Found | 'stopped' | 'no-reader'> {
  if (signal?.aborted) return 'stopped'
  const original = await keeper.original(file.sha256)
  if (original === null) return bytesLost
  // The bytes are given away: the text is taken before.
  const text = textOf(original.bytes)
  let report: FileReport
  try {
    report = await files.read(original.bytes, file.name, signal, trust)
  } catch {
    return 'stopped'
  }
  return report.end === 'no-reader' ? 'no-reader' : foundIn(report, file, { text, lists, now: clock.now() })
}
