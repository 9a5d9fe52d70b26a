import { checkReceipt, openKeys, type KnownKeys, type ReceiptContents } from '../../../src/authenticity/index.ts'
import { wellKnown, type QueryResult, type WellKnown } from '../../../src/api/index.ts'
import type { TestGateway } from './gateway.ts'

export async function cardOf(gateway: TestGateway): Promise<WellKnown> {
  return wellKnown.parse(await (await gateway.fetch('/.well-known/piaozai.json')).json())
}

/** The keys that a gateway lists, as a device has them. */
export async function keysOf(gateway: TestGateway): Promise<KnownKeys> {
  const opened = await openKeys((await cardOf(gateway)).receiptKeyList ?? '')
  if (opened.is !== 'keys') throw new Error(`the card holds a list that is ${opened.is}`)
  return { gateway: 'G', list: opened.list }
}

/** The receipt that came with a result. */
export function receiptIn(result: QueryResult | undefined): string {
  const receipt = result?.state === 'answered' ? result.answer.receipt : result?.state === 'parked' ? result.receipt : undefined
  if (receipt === undefined) throw new Error(`no receipt came with ${JSON.stringify(result)}`)
  return receipt
}

/** What a result's receipt says, once it has been checked by the keys. */
export async function readReceipt(result: QueryResult | undefined, keys: KnownKeys): Promise<ReceiptContents> {
  const checked = await checkReceipt(receiptIn(result), [keys])
  if (checked.is !== 'valid') throw new Error(`a receipt that is ${JSON.stringify(checked)}`)
  return checked.contents
}
