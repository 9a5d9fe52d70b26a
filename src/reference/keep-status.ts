import type { Channels } from '../channels/index.ts'
import type { Reference } from './reference.ts'

/** Shows the channels the last known status at start and keeps every newer one. Returns the end of it. */
export async function keepStatus(reference: Reference, channels: Channels): Promise<() => void> {
  const kept = await reference.status()
  if (kept !== null) channels.remember(kept.value)
  let last = kept?.value ?? null
  return channels.state.subscribe(({ report }) => {
    if (report === null || report === last) return
    last = report
    void reference.keepStatus(report)
  })
}
