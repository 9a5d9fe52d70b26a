import { pinnedKey } from '../../authenticity/index.ts'
import { takeList, trustInForce } from '../../capture/index.ts'
import type { CardRules } from '../../reference/index.ts'
import type { Wallet } from '../../wallet/index.ts'

/**
 * Takes the trust list of the own gateway when it is newer than the one in force. That the operator signed it is all that lets it in.
 * @param adopted called when it was taken.
 * @param key the operator's key; the one that the build pins.
 */
export function trustListRule(wallet: Wallet, adopted: () => void, key: string | null = pinnedKey): CardRules['takeTrustList'] {
  return async (version, read) => {
    try {
      if (version <= (await trustInForce(wallet)).trust.list.version) return
      const text = await read()
      if (text !== null && (await takeList(wallet, text, 'gateway', key)) === 'adopted') adopted()
    } catch {
      // A wallet that cannot be written says so by its state; the next start asks again.
    }
  }
}
