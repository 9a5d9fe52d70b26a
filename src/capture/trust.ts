import { adopt, bundledList, newestOf, openList, parseList, pinnedKey, type Trust, type TrustList } from '../authenticity/index.ts'
import type { Wallet } from '../wallet/index.ts'

/** The trust lists in force on this device, and a name for them: a verdict made under another name is made anew. */
export interface TrustInForce {
  readonly trust: Trust
  readonly name: string
}

/** What came of a trust list. `not-newer`: the one in force is as new or newer, and stays. */
export type ListTaken = 'adopted' | 'imported' | 'not-newer' | 'malformed' | 'forged'

/** The lists in force: the newest of the bundled and the operator's with the revocations of both, and the person's own. */
export async function trustInForce(wallet: Pick<Wallet, 'lists' | 'fingerprint'>): Promise<TrustInForce> {
  const { operator, imported } = await wallet.lists()
  const list = newest(operator)
  const own = imported === null ? null : parseList(imported)
  const ownName = own === null ? '' : `+${await fingerprint(wallet, JSON.stringify(own))}`
  return { trust: { list, imported: own }, name: `${list.version}.${list.revocations.length}${ownName}` }
}

/**
 * Takes a list that the operator signed, or one that a person imports for themselves. A list never replaces a newer one of its sort, and never
 * takes back a revocation.
 * @param from `gateway`: only the operator's signature lets it in. `person`: without a signature it is their own list.
 * @param key the operator's key; the one that the build pins.
 */
export async function takeList(
  wallet: Pick<Wallet, 'write'>,
  text: string,
  from: 'gateway' | 'person',
  key: string | null = pinnedKey,
): Promise<ListTaken> {
  const opened = await openList(text, key)
  if (!('list' in opened)) return opened.is
  if (opened.is === 'imported' && from === 'gateway') return 'forged'
  const { is, list } = opened
  return wallet.write(async (tx) => {
    const kept = await tx.lists()
    const before = is === 'operator' ? newest(kept.operator) : kept.imported === null ? null : parseList(kept.imported)
    const after = before === null ? list : adopt(before, list)
    if (after === before) return 'not-newer'
    await tx.putLists({ ...kept, [is]: JSON.stringify(after) })
    return is === 'operator' ? 'adopted' : 'imported'
  })
}

/** Gives the person's own list up. */
export async function dropOwnList(wallet: Pick<Wallet, 'write'>): Promise<void> {
  await wallet.write(async (tx) => tx.putLists({ ...(await tx.lists()), imported: null }))
}

/** The list in force: the one of the build, or the operator's that is kept. */
function newest(operator: string | null): TrustList {
  const kept = operator === null ? null : parseList(operator)
  return kept === null ? bundledList : newestOf(kept, bundledList)
}

async function fingerprint(wallet: Pick<Wallet, 'fingerprint'>, text: string): Promise<string> {
  return (await wallet.fingerprint(new TextEncoder().encode(text).buffer)).slice(0, 12)
}
