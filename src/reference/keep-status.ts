import type { Channels } from '../channels/index.ts'
import type { Reference } from './reference.ts'

/** Shows the channels the last known status at start and keeps every newer one. Returns the end of it. */
export async function keepStatus(_reference: Reference, _channels: Channels): Promise<() => void> {
  throw new Error('follows')
}
