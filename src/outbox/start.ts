import type { PageEvents } from '../channels/index.ts'
import { drain, type OutboxDeps } from './drain.ts'
import { foundAgainAfter, isHeld, nextWake } from './retry.ts'
import { registerSync, type SyncRegistration } from './sync.ts'

export interface DrainingDeps extends OutboxDeps {
  readonly events: PageEvents
  /** The page's service worker registration once there is one; absent in the worker. */
  readonly registration?: () => Promise<SyncRegistration | null>
}

/** Between two drains that nobody asked for, in milliseconds: whatever a row says, there is no tight loop. */
const rest = 1000
/** The timer is set anew at least this often: a sleeping phone makes long timers meaningless. */
const longestTimer = 600_000

/**
 * Drains whenever there may be reason to: now, on `online`, on becoming visible, when the gateway is reachable again, when a new query is committed,
 * and when the next row is due. Registers Background Sync where present, as an accelerator. Errors are in the rows and in the wallet's state.
 */
export function startDraining(deps: DrainingDeps): { readonly drainNow: () => void; readonly stop: () => void } {
  const { wallet, channels, clock, events } = deps
  let running = 0
  let ended = false
  let resting = false
  let stopTimer = () => {}
  let known: ReadonlySet<string> | null = null
  // A gateway that comes and goes is "found again" all the time: each time in vain makes the next one count later.
  let foundInVain = 0
  let foundAt = 0

  async function run(eager: boolean, found = false): Promise<void> {
    if (ended) return
    stopTimer()
    running++
    try {
      const { stopped } = await drain(deps, { eager })
      if (stopped === null || stopped === 'overload') foundInVain = 0
      else if (found && stopped === 'connectivity') foundInVain++
      if (stopped !== null) void registerSync(deps.registration)
    } catch {
      // The wallet says in its state what is wrong; the timer below tries again.
    }
    running--
    resting = true
    plan(rest)
  }

  function plan(wait: number): void {
    stopTimer()
    if (!ended) stopTimer = clock.after(wait, () => void wake())
  }

  /** The timer rang: drain if something is due, else sleep until it is. */
  async function wake(): Promise<void> {
    resting = false
    const wait = await wakeIn()
    if (running > 0 || ended) return
    if (wait === 0) void run(false)
    else if (wait !== null) plan(Math.min(longestTimer, wait))
  }

  async function wakeIn(): Promise<number | null> {
    try {
      const { queries, drain } = await wallet.queries()
      return nextWake(queries, drain.hold, clock.now())
    } catch {
      return longestTimer
    }
  }

  const outbox = wallet.watch(wallet.queries).subscribe(({ queries, drain: { hold } }) => {
    const before = known
    const fresh = before !== null && queries.some(({ id, state }) => state === 'queued' && !before.has(id))
    known = new Set(queries.map(({ id }) => id))
    if (fresh || (before === null && queries.length > 0)) void registerSync(deps.registration)
    // What a running drain changes is its own business; it looks for new rows before it ends, and `drain` joins the next one. During a pause
    // it would only read the whole outbox to find that out: thousands of rows for every file of an import without a network.
    if (fresh && running < 2 && !isHeld(hold, clock.now(), false)) void run(false)
    else if (running === 0 && !resting) void wake()
  })
  const stopEvents = events.onChange((why) => {
    if (why !== 'offline') void run(true)
  })
  let reachable = true
  const stopState = channels.state.subscribe(({ is }) => {
    const before = reachable
    reachable = is === 'up' || is === 'authority-down' || is === 'unknown'
    if (!reachable || before) return
    if (Math.abs(clock.now() - foundAt) < foundAgainAfter(foundInVain)) return
    foundAt = clock.now()
    void run(true, true)
  })
  void run(true)

  return {
    drainNow: () => void run(true),
    stop() {
      ended = true
      stopTimer()
      outbox.unsubscribe()
      stopEvents()
      stopState()
    },
  }
}
