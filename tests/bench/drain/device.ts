import { readResults } from '../../../src/channels/read.ts'
import type { QueryReply } from '../../../src/channels/index.ts'
import { batches } from '../../../src/outbox/batch.ts'
import { connectivityWait, decide, isDue, isHeld, nextWake, requeued, serverWait } from '../../../src/outbox/retry.ts'
import type { Hold, Query } from '../../../src/wallet/index.ts'

/** What a simulated device lives in. */
export interface Surroundings {
  now(): number
  /** Calls back in so many milliseconds. */
  after(ms: number, run: () => void): void
  /** Uniform in [0, 1). */
  chance(): number
  /** Sends a batch of queries. Seconds to wait, when the gateway says so instead of answering. */
  post(device: number, queries: readonly Query[]): Promise<readonly unknown[] | { readonly retryAfter: number | null } | 'unreachable'>
}

/** A device: the decisions of the real outbox on rows in memory instead of in a wallet. */
export interface Device {
  readonly index: number
  /** Rows that are not answered yet. */
  readonly open: readonly Query[]
  /** The person asks something. */
  ask(row: Query): void
  /** It is back on the network, and looks at once if something is due. */
  wake(): void
  /** It is off the network until it is woken. */
  leave(): void
}

/** @param onDone called when it holds all its answers. */
export function createDevice(index: number, rows: readonly Query[], around: Surroundings, onDone: (device: Device) => void): Device {
  let open: readonly Query[] = rows
  let hold: Hold | null = null
  let isHere = true
  let isSending = false
  /** Only the timer set last counts. */
  let timer = 0

  function plan(): void {
    const wait = nextWake(open, hold, around.now())
    const mine = ++timer
    if (wait !== null && isHere) around.after(wait, () => void (mine === timer && drain()))
  }

  async function drain(): Promise<void> {
    // Whoever is sending plans when it has ended.
    if (isSending || !isHere) return
    if (isHeld(hold, around.now(), false)) return plan()
    isSending = true
    const due = open.filter((row) => isDue(row, around.now()))
    for (const batch of batches(due)) {
      const sent = open.filter(({ id }) => batch.includes(id))
      const reply = await around.post(index, sent)
      const now = around.now()
      if (reply === 'unreachable' || 'retryAfter' in reply) {
        const failures = (hold?.failures ?? 0) + 1
        hold =
          reply === 'unreachable'
            ? { reason: 'gateway-down', until: now + connectivityWait(failures, around.chance()), setAt: now, failures }
            : { reason: 'overload', until: now + serverWait(reply.retryAfter, around.chance(), failures), setAt: now, failures }
        open = open.map((row) => (batch.includes(row.id) ? requeued(row, now) : row))
        break
      }
      hold = null
      settle(readResults(reply, new Set(batch)), batch, now)
    }
    isSending = false
    if (open.length === 0) onDone(device)
    else plan()
  }

  function settle(replies: readonly QueryReply[], batch: readonly string[], now: number): void {
    // One jitter for the batch, as in the outbox.
    const luck = around.chance()
    const replyTo = new Map(replies.map((one) => [one.id, one]))
    open = open.flatMap((row) => {
      if (!batch.includes(row.id)) return [row]
      const next = decide(row, replyTo.get(row.id), now, luck)
      return next.do === 'settle' ? [] : [next.query]
    })
  }

  const device: Device = {
    index,
    get open() {
      return open
    },
    ask(row) {
      open = [...open, row]
      plan()
    },
    wake() {
      isHere = true
      plan()
    },
    leave() {
      isHere = false
    },
  }
  return device
}
