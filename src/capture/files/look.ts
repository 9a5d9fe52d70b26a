import type { Draft } from '../../domain/index.ts'
import type { UnreadFile, WalletTx, Way } from '../../wallet/index.ts'
import { keepDraft, planOf, type Captured, type CaptureDeps } from '../capture.ts'

/** Puts everything that waits aside because the person stopped the reading: it stays, and is read only when they say so. */
export async function putAside({ wallet, version }: CaptureDeps & { readonly version: string }): Promise<number> {
  return wallet.write(async (tx) => {
    const waiting = (await tx.files()).filter(({ state }) => state.is === 'waiting')
    const problems = [{ code: 'aborted', message: 'The reading was stopped', file: null }]
    for (const file of waiting) await tx.putFile({ ...file, state: { is: 'look', found: 0, problems, by: version } })
    return waiting.length
  })
}

/** Reads files again that need a look: the named ones, or those an older version of the app gave up. Returns how many wait now. */
export async function readAgain(
  { wallet }: CaptureDeps,
  which: { readonly files: readonly string[] } | { readonly notBy: string },
): Promise<number> {
  const wanted = ({ sha256, state }: UnreadFile) =>
    state.is === 'look' && ('files' in which ? which.files.includes(sha256) : state.by !== which.notBy && !wasStopped(state.problems))
  // Most starts have nothing to do, and then nothing is written.
  const there = (await wallet.files()).files.filter(wanted)
  if (there.length === 0) return 0
  return wallet.write(async (tx: WalletTx) => {
    const files = (await tx.files()).filter(wanted)
    for (const file of files) await tx.putFile({ ...file, state: { is: 'waiting', tries: 0 } })
    return files.length
  })
}

/** What a person stopped, no new version takes up. */
function wasStopped(problems: readonly { readonly code: string }[]): boolean {
  return problems.some(({ code }) => code === 'aborted')
}

/** 补填: what a person reads off a file that no reader could; the file stays with the invoice as its original. @throws WalletError */
export async function captureByHand(deps: CaptureDeps, draft: Draft, sha256: string): Promise<Captured> {
  const [captured] = await captureKept(deps, [draft], 'typed', sha256)
  return captured as Captured
}

/**
 * Captures what was read from a kept file, in one transaction: the file waits no more, and stays with its invoices as their original.
 * @throws WalletError, and then the file goes on waiting.
 */
export async function captureKept(deps: CaptureDeps, drafts: readonly Draft[], way: Way, sha256: string): Promise<readonly Captured[]> {
  const planned = drafts.map((draft) => ({ draft, plan: planOf(deps) }))
  const captured = await deps.wallet.write(async (tx) => {
    const original = (await tx.hasOriginal(sha256)) ? sha256 : null
    const done: Captured[] = []
    for (const { draft, plan } of planned) done.push(await keepDraft(tx, plan, draft, { way, original }))
    await tx.dropFile(sha256)
    return done
  })
  void deps.wallet.persist().catch(() => undefined)
  return captured
}
