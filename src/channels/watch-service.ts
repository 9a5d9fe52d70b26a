import { randomFraction, type Clock, type FillRandom } from '../domain/index.ts'
import type { Channels } from './channels.ts'

/** What tells of changes of the page: `window` and `document`, or nothing in a worker. */
export interface PageEvents {
  /** Calls back when the browser says it is online or offline again, or the page becomes visible. Returns the end of it. */
  onChange(run: (why: 'online' | 'offline' | 'visible') => void): () => void
  visible(): boolean
}

/** Milliseconds between probes: while all is well, and the first one while something is down (doubled each time up to the former). */
const calm = 60_000
const worried = 4_000

/** Probes at start, on every page event, and by itself while visible: every minute or so while all is well, sooner while something is down. Returns the end of it. */
export function startProbing(deps: { channels: Channels; clock: Clock; random: FillRandom; events: PageEvents }): () => void {
  const { channels, clock, random, events } = deps
  let stopTimer = () => {}
  let failures = 0
  let ended = false

  async function run(): Promise<void> {
    stopTimer()
    const { is } = await channels.probe()
    if (ended || !events.visible()) return
    failures = is === 'up' ? 0 : failures + 1
    const wait = is === 'up' ? calm : Math.min(calm, worried * 2 ** Math.min(failures - 1, 10))
    stopTimer()
    stopTimer = clock.after(wait * (0.5 + randomFraction(random)), () => void run())
  }

  const stopEvents = events.onChange(() => {
    failures = 0
    void run()
  })
  void run()
  return () => {
    ended = true
    stopTimer()
    stopEvents()
  }
}
