import { adoptKeyText, readKept, type KnownKeys } from '../../authenticity/index.ts'
import type { Channels } from '../../channels/index.ts'
import { fetchKeys, openReference, type AdoptKeys } from '../../reference/index.ts'
import type { Environment } from '../../wallet/index.ts'

type Storage = Pick<Environment, 'indexedDB' | 'IDBKeyRange' | 'clock'>

/** The root that a gateway's first list names is its own from then on; the build pins none, since anybody may run a gateway. */
export const adopt: AdoptKeys = (kept, sent) => adoptKeyText(kept, sent, null)

/**
 * The keys of gateways that this device knows, read without a network.
 * @param own the app's own gateway. What another one calls itself nobody has checked, so its address is said as well.
 */
export async function knownKeys(platform: Storage, own: string): Promise<readonly KnownKeys[]> {
  const reference = await openReference(platform)
  const kept = await reference.keys()
  reference.close()
  return kept.flatMap(({ origin, text }) => {
    const list = readKept(text)?.list
    return list === undefined ? [] : { gateway: nameOf(list.gateway, new URL(origin).host, origin === own), list }
  })
}

/** Asks the gateways for their keys now, for a receipt whose key is not among those at hand. False when the app's own did not reply. */
export async function fetchKeysNow(platform: Storage, channels: Channels): Promise<boolean> {
  const reference = await openReference(platform)
  const replied = await fetchKeys(reference, channels, adopt)
  reference.close()
  return replied
}

/** A name stands in a sentence: nothing in it may break out of its brackets, or turn the line around. */
function nameOf(given: string | null, host: string, isOwn: boolean): string {
  const name = given?.replace(/[\p{C}〈〉]/gu, '').trim() ?? ''
  if (name === '') return host
  return isOwn ? name : `${name} · ${host}`
}
