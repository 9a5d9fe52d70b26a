import type { Clock, FillRandom } from '../domain/index.ts'
import type { Channels } from './channels.ts'

/** What tells of changes of the page: `window` and `document`, or nothing in a worker. */
export interface PageEvents {
  /** Calls back when the browser says it is online or offline again, or the page becomes visible. Returns the end of it. */
  onChange(run: (why: 'online' | 'offline' | 'visible') => void): () => void
  visible(): boolean
}

/** Probes at start, on every page event, and by itself: every minute while all is well and visible, sooner while something is down. Returns the end of it. */
export function startProbing(_deps: { channels: Channels; clock: Clock; random: FillRandom; events: PageEvents }): () => void {
  throw new Error('follows')
}
