import type { Channels, WellKnown } from '../channels/index.ts'
import type { Reference } from './reference.ts'

/**
 * What to keep of a gateway's keys when its list comes: the rule of `authenticity`, which this room may not know.
 * Null when neither what is kept nor what came is a list.
 */
export type AdoptKeys = (kept: string | null, sent: string) => Promise<string | null>

/** How often a change is tried anew because another tab was faster. */
const tries = 3

/** Lets a list that the gateway at `origin` sent change what is kept of its keys. */
export async function takeKeys(reference: Reference, origin: string, sent: string, adopt: AdoptKeys): Promise<void> {
  for (let left = tries; left > 0; left--) {
    const kept = (await reference.keys()).find((one) => one.origin === origin)?.text ?? null
    const after = await adopt(kept, sent)
    if (after === null || after === kept || (await reference.keepKeys(origin, kept, after))) return
  }
}

/** Asks a gateway for its card and takes its keys. Returns the card; null when it could not be had. */
export async function readCard(reference: Reference, channels: Channels, origin: string, adopt: AdoptKeys): Promise<WellKnown | null> {
  const reply = await channels.wellKnown(origin)
  if (!reply.ok) return null
  const { receiptKeyList } = reply.value
  if (receiptKeyList !== undefined) await takeKeys(reference, origin, receiptKeyList, adopt)
  return reply.value
}

/** Asks every known gateway for its keys, now. True when the app's own replied. */
export async function fetchKeys(reference: Reference, channels: Channels, adopt: AdoptKeys): Promise<boolean> {
  const [own = null] = await Promise.all(channels.origins().map((origin) => readCard(reference, channels, origin, adopt)))
  return own !== null
}
