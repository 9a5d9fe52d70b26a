import type { Channels } from '../channels/index.ts'
import type { Reference } from './reference.ts'

/** Tells the channels which other gateways and status hosts were last known: the first may be the one that is gone. */
export async function useKeptWays(reference: Reference, channels: Channels): Promise<void> {
  const kept = await reference.ways()
  if (kept !== null) channels.alsoUse(kept.value)
}

/** {@link useKeptWays}, and once the gateway can be reached asks it for newer ones and keeps them. Returns the end of it. */
export async function followWays(reference: Reference, channels: Channels): Promise<() => void> {
  await useKeptWays(reference, channels)
  let asked = false
  return channels.state.subscribe(({ is }) => {
    if (asked || (is !== 'up' && is !== 'authority-down')) return
    asked = true
    void channels.wellKnown().then(async (reply) => {
      // Another gateway may have answered the probe in its place: then it is asked at the next change.
      asked = reply.ok
      if (!reply.ok) return
      const ways = { origins: reply.value.channels, statusHosts: reply.value.statusHosts }
      channels.alsoUse(ways)
      await reference.keepWays(ways)
    })
  })
}
