import { newId } from '../wallet/index.ts'
import type { OutboxDeps } from './drain.ts'
import { enqueue } from './enqueue.ts'

/**
 * Asks about an invoice (again), as the person wished: a new id, so it may spend a look. A refused query of the same elements is replaced;
 * one that is already on its way is left as it is.
 * @returns false when the invoice lacks elements, its kind cannot be checked, or there is no such invoice.
 */
export async function ask({ wallet, clock, random }: Pick<OutboxDeps, 'wallet' | 'clock' | 'random'>, entryId: string): Promise<boolean> {
  const now = clock.now()
  const id = newId(now, random)
  return wallet.write(async (tx) => {
    const entry = await tx.entry(entryId)
    return entry !== null && (await enqueue(tx, entry, { id, now, anew: true })) === 'queued'
  })
}
