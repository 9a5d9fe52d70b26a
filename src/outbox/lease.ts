import type { DrainState, Hold, WalletTx } from '../wallet/index.ts'
import type { OutboxDeps } from './drain.ts'

/** Thrown inside a transaction of a drainer whose lock was stolen: nothing of that transaction is written. */
export class LockLost extends Error {}

/** Makes sure that we still are the drainer, and says that we make progress. */
export async function beat(
  tx: WalletTx,
  { clock }: Pick<OutboxDeps, 'clock'>,
  holder: string,
  change: Partial<Pick<DrainState, 'hold'>> = {},
): Promise<void> {
  const state = await tx.drainState()
  if (state.holder !== holder) throw new LockLost()
  await tx.putDrainState({ ...state, ...change, beatAt: clock.now() })
}

/** Becomes the drainer. */
export async function takeOver(tx: WalletTx, { clock }: Pick<OutboxDeps, 'clock'>, holder: string): Promise<Hold | null> {
  const { hold } = await tx.drainState()
  await tx.putDrainState({ holder, beatAt: clock.now(), hold })
  return hold
}
