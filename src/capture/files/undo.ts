import type { CaptureDeps } from '../capture.ts'

/** Invoices that are taken out or brought back in one commit. */
const together = 32

/**
 * Takes out invoices that came in together, or brings them back: the undo of a drop of five hundred, and its own undo. As with any removal
 * they can be brought back for 30 days, and their files stay as long.
 * @returns how many are now as wanted.
 * @throws WalletError, and then some of them may not be.
 */
export async function takeBack({ wallet, clock }: CaptureDeps, entryIds: readonly string[], to: 'out' | 'in' = 'out'): Promise<number> {
  const removedAt = to === 'out' ? clock.now() : null
  let count = 0
  for (let at = 0; at < entryIds.length; at += together) {
    const some = entryIds.slice(at, at + together)
    count += await wallet.write(async (tx) => {
      let done = 0
      for (const id of some) {
        const entry = await tx.entry(id)
        if (entry === null) continue
        await tx.putEntry({ ...entry, removedAt })
        done += 1
      }
      return done
    })
  }
  return count
}
