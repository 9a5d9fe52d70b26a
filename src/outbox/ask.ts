import type { OutboxDeps } from './drain.ts'

/**
 * Asks about an invoice (again), as the person wished: a new id, so it may spend a look. A refused query of the same elements is replaced;
 * one that is already on its way is left as it is.
 * @returns false when the invoice lacks elements or its kind cannot be checked.
 */
export async function ask(_deps: Pick<OutboxDeps, 'wallet' | 'clock' | 'random'>, _entryId: string): Promise<boolean> {
  throw new Error('follows')
}
