import type { UnreadFile, WalletTx } from '../../wallet/index.ts'
import { keepDraft, planOf, type Captured, type CaptureDeps } from '../capture.ts'
import type { Found } from './found.ts'
import { crashed, type FileOutcome } from './outcome.ts'

/** A reading that never ended so often took the whole browser down; the person decides about the next one. */
const maxTries = 3
/** Files that are marked and settled together: each commit wakes every page that follows the wallet, whatever it holds. */
const most = { files: 16, bytes: 4_000_000 } as const

/** The first of what waits, as many as are read together. One that was begun before and never ended is alone, so that only it is blamed. */
export function groupOf(waiting: readonly UnreadFile[]): readonly UnreadFile[] {
  const group: UnreadFile[] = []
  let bytes = 0
  for (const file of waiting) {
    if (group.length > 0 && (triesOf(file) > 0 || triesOf(group[0]) > 0 || bytes + file.size > most.bytes)) break
    group.push(file)
    bytes += file.size
    if (group.length === most.files) break
  }
  return group
}

function triesOf(file: UnreadFile | undefined): number {
  return file?.state.is === 'waiting' ? file.state.tries : 0
}

/** Marks that the reading begins. What was read, given up or taken by another tab meanwhile is not among what is `begun`. */
export function beginGroup(
  { wallet, version }: CaptureDeps & { readonly version: string },
  group: readonly UnreadFile[],
): Promise<{ readonly begun: readonly UnreadFile[]; readonly givenUp: readonly FileOutcome[] }> {
  return wallet.write(async (tx) => {
    const begun: UnreadFile[] = []
    const givenUp: FileOutcome[] = []
    for (const { sha256 } of group) {
      const file = await tx.file(sha256)
      if (file?.state.is !== 'waiting') continue
      const { tries } = file.state
      if (tries < maxTries) {
        await tx.putFile({ ...file, state: { is: 'waiting', tries: tries + 1 } })
        begun.push(file)
        continue
      }
      const problems = [crashed]
      await tx.putFile({ ...file, state: { is: 'look', found: 0, problems, by: version } })
      givenUp.push({ sha256, name: file.name, size: file.size, captured: [], problems })
    }
    return { begun, givenUp }
  })
}

/**
 * The one transaction in which the files that were read become invoices; what is left of one stays with its reason. What was begun
 * and not read waits as before.
 * @returns what came of each that was still there.
 */
export async function settleGroup(
  deps: CaptureDeps & { readonly version: string },
  read: readonly { readonly file: UnreadFile; readonly found: Found }[],
  unread: readonly UnreadFile[] = [],
): Promise<readonly FileOutcome[]> {
  if (read.length + unread.length === 0) return []
  const planned = read.map(({ file, found }) => ({ file, found, plans: found.drafts.map(() => planOf(deps)) }))
  return deps.wallet.write(async (tx) => {
    const outcomes: FileOutcome[] = []
    for (const { file, found, plans } of planned) {
      if ((await tx.file(file.sha256))?.state.is !== 'waiting') continue
      const kept: Captured[] = []
      for (const [at, { draft, came }] of found.drafts.entries()) {
        const plan = plans[at]
        if (plan) kept.push(await keepDraft(tx, plan, draft, came))
      }
      for (const one of found.judged) await tx.putSeal(one)
      await finish(tx, file, found, kept.length, deps.version)
      outcomes.push(outcomeOf(file, kept, found))
    }
    for (const file of unread) if ((await tx.file(file.sha256))?.state.is === 'waiting') await tx.putFile(file)
    return outcomes
  })
}

async function finish(tx: WalletTx, file: UnreadFile, { problems }: Found, found: number, by: string): Promise<void> {
  if (problems.length === 0) await tx.dropFile(file.sha256)
  else await tx.putFile({ ...file, state: { is: 'look', found, problems, by } })
}

function outcomeOf({ sha256, name, size }: UnreadFile, kept: readonly Captured[], { problems }: Found): FileOutcome {
  // Two files in one archive may be the same invoice; the first says what it was.
  const once = new Map(kept.toReversed().map((one) => [one.entryId, one]))
  return { sha256, name, size, captured: [...once.values()].toReversed(), problems }
}
