import type { Channels } from '../channels/index.ts'
import type { Reference } from './reference.ts'
import { readCard, type AdoptKeys } from './take-keys.ts'

/** Tells the channels which other gateways and status hosts were last known: the first may be the one that is gone. */
export async function useKeptWays(reference: Reference, channels: Channels): Promise<void> {
  const kept = await reference.ways()
  if (kept !== null) channels.alsoUse(kept.value)
}

/** What is done with what cards say; this room may know neither receipts nor seals. */
export interface CardRules {
  readonly adoptKeys: AdoptKeys
  /** The own gateway has a trust list of this version; `read` fetches its text, null when that failed. */
  takeTrustList(version: number, read: () => Promise<string | null>): Promise<void>
}

/**
 * {@link useKeptWays}, and once a gateway can be reached reads the card of each, once: the own one's says which others there are, every one's
 * by which keys its receipts are checked. Returns the end of it.
 */
export async function followCards(reference: Reference, channels: Channels, rules: CardRules): Promise<() => void> {
  await useKeptWays(reference, channels)
  /** Who did not reply is asked again at the next change: another gateway may have answered the probe in its place. */
  const read = new Set<string>()
  let reading = false

  async function readNew(): Promise<void> {
    const [own = ''] = channels.origins()
    const card = read.has(own) ? null : await readCard(reference, channels, own, rules.adoptKeys)
    if (card !== null) {
      read.add(own)
      const ways = { origins: card.channels, statusHosts: card.statusHosts }
      channels.alsoUse(ways)
      await reference.keepWays(ways)
    }
    if (card !== null && card.trustListVersion !== null) await rules.takeTrustList(card.trustListVersion, readTrustList)
    for (const origin of channels.origins()) {
      if (origin !== own && !read.has(origin) && (await readCard(reference, channels, origin, rules.adoptKeys)) !== null) read.add(origin)
    }
  }

  async function readTrustList(): Promise<string | null> {
    const reply = await channels.trustList()
    return reply.ok ? reply.value : null
  }

  return channels.state.subscribe(({ is }) => {
    if (reading || (is !== 'up' && is !== 'authority-down')) return
    reading = true
    void readNew().finally(() => (reading = false))
  })
}
