import { randomFraction, type Answer, type Instant, type WaitingReason } from '../domain/index.ts'
import type { ChannelError, QueryReply } from '../channels/index.ts'
import type { Query, WalletTx } from '../wallet/index.ts'
import { batches } from './batch.ts'
import type { DrainReport, OutboxDeps } from './drain.ts'
import { beat, LockLost, takeOver } from './lease.ts'
import { connectivityWait, decide, isDue, isHeld, refused, requeued, serverWait, unheard } from './retry.ts'

/** So many batches in a row without one that got through mean that it is not the rows: the gateway is down, whatever its status says. */
const enough = 8
/** The same after a drain that ended like that: the batch, one row of it alone, and the rest. Every half of every batch each time would be a loop. */
const enoughAgain = 3

/** What to do after a batch: go on, send it again in parts, or end the drain with the outbox on hold. */
type After = { readonly do: 'go-on' } | { readonly do: 'part' } | { readonly do: 'stop'; readonly stopped: 'connectivity' | 'overload' }

/** One run of the drain while it holds the lock. Every step is: write what will be done, do it, write what came of it. */
export function createPass(deps: OutboxDeps, me: string, eager: boolean) {
  const { wallet, channels, clock, random } = deps
  const count = { sent: 0, settled: 0, parked: 0, needsUser: 0 }
  const seen = new Set<string>()
  /** Rows that were marked and that nobody has said anything about yet. */
  const underWay = new Set<string>()
  let inVain = 0
  let doubted = false

  const report = (stopped: DrainReport['stopped']): DrainReport => ({ ...count, stopped })
  const chance = () => randomFraction(random)

  async function run(): Promise<DrainReport> {
    const first = await wallet.write(async (tx) => {
      const hold = await takeOver(tx, deps, me)
      // Whoever was sending is gone, as we hold the lock: their rows are due again.
      const rows = await tx.queries()
      const orphans = rows.filter(({ state }) => state === 'sending').map((row) => orphaned(row, clock.now()))
      await tx.putQueries(orphans)
      const now = new Map(orphans.map((row) => [row.id, row]))
      doubted = hold?.reason === 'gateway-down'
      return isHeld(hold, clock.now(), eager) ? 'hold' : dueOf(rows.map((row) => now.get(row.id) ?? row))
    })
    if (first === 'hold') return report('hold')
    for (let due = first; due.length > 0; due = await wallet.write(dueRows)) {
      for (const { id } of due) seen.add(id)
      const work = batches(due)
      for (let batch = work.shift(); batch; batch = work.shift()) {
        const after = await send(batch)
        if (after.do === 'stop') return report(after.stopped)
        if (after.do === 'part') work.unshift(...(doubted ? oneApart(batch) : halves(batch)))
      }
    }
    return report(null)
  }

  async function dueRows(tx: WalletTx): Promise<readonly Query[]> {
    return dueOf(await tx.queries())
  }

  /** No row is taken twice in one drain: it ends. */
  function dueOf(rows: readonly Query[]): readonly Query[] {
    return rows.filter((row) => isDue(row, clock.now()) && !seen.has(row.id))
  }

  async function send(batch: readonly string[]): Promise<After> {
    const rows = await wallet.write((tx) => mark(tx, batch))
    if (rows.length === 0) return { do: 'go-on' }
    for (const { id } of rows) underWay.add(id)
    count.sent += rows.length
    const reply = await channels.ask(rows)
    if (!reply.ok) return fail(rows, reply.error)
    const isHeard = await apply(rows, reply.value)
    if (isHeard) {
      inVain = 0
      doubted = false
    } else if (isEnough()) return pause('gateway-down')
    return { do: 'go-on' }
  }

  /** Counts one more in vain. @returns whether that says that it is not the rows. */
  function isEnough(): boolean {
    return ++inVain >= (doubted ? enoughAgain : enough)
  }

  /** Rows may have been merged or taken back since they were found due: what counts is what is there now. */
  async function mark(tx: WalletTx, ids: readonly string[]): Promise<Query[]> {
    await beat(tx, deps, me)
    const rows = await tx.queriesById(ids)
    const now = clock.now()
    const marked = rows.filter(({ state }) => state !== 'needs-user').map((row): Query => ({ ...row, state: 'sending', setAt: now }))
    await tx.putQueries(marked)
    return marked
  }

  /** @returns whether anything was said of any row. A reply that says nothing is one more in vain, else a thousand rows would each be asked alone. */
  async function apply(rows: readonly Query[], replies: readonly QueryReply[]): Promise<boolean> {
    // The first readable reply to an id counts; duplicates and strangers do not.
    const replyTo = new Map<string, QueryReply>()
    for (const one of replies) if ((replyTo.get(one.id)?.is ?? 'unreadable') === 'unreadable') replyTo.set(one.id, one)
    // One jitter for the batch: rows that wait together come back together, in one message.
    const luck = chance()
    const answers = new Map<string, Answer>()
    const kept = new Map<string, Query>()
    let isHeard = false
    for (const row of rows) {
      const next = decide(row, replyTo.get(row.id), clock.now(), luck)
      if (next.do === 'settle') answers.set(row.id, next.answer)
      else kept.set(row.id, next.query)
      isHeard ||= next.do === 'settle' || !isMute(next.query)
    }
    const done = await wallet.write(async (tx) => {
      // An answer in hand is kept even by a drainer whose lock was stolen; everything else is left to the new one.
      const settled = (await tx.settle(answers, clock.now())).length
      if ((await tx.drainState()).holder !== me) return { settled, changed: null }
      await beat(tx, deps, me, isHeard ? { hold: null } : {})
      return { settled, changed: await change(tx, [...kept.keys()], (row) => kept.get(row.id) ?? row) }
    })
    count.settled += done.settled
    if (done.changed === null) throw new LockLost()
    for (const { id } of rows) underWay.delete(id)
    countUp(done.changed)
    return isHeard
  }

  function countUp(rows: readonly Query[]): void {
    count.parked += rows.filter(({ state }) => state === 'parked').length
    count.needsUser += rows.filter(({ state }) => state === 'needs-user').length
  }

  /** The batch as a whole got no usable reply. */
  async function fail(rows: readonly Query[], error: ChannelError): Promise<After> {
    if (error.is === 'overloaded') return stop('overload', error.reason, (failures) => serverWait(error.retryAfter, chance(), failures))
    const alive = error.is === 'rejected' || (mayBeTheRows(error) && (await gatewayLives()))
    if (alive && !isEnough()) {
      if (rows.length > 1) return { do: 'part' }
      await single(rows, error)
      return { do: 'go-on' }
    }
    const state = alive || mayBeTheRows(error) ? channels.state.value : await channels.probe()
    const reason = state.is === 'device-offline' ? 'device-offline' : 'gateway-down'
    return pause(reason)
  }

  const pause = (reason: WaitingReason) => stop('connectivity', reason, (failures) => connectivityWait(failures, chance()))

  async function gatewayLives(): Promise<boolean> {
    const { is } = await channels.probe()
    return is === 'up' || is === 'authority-down'
  }

  /** A row that alone got no reply, or alone was rejected. No single question is too large (413): that was said by somebody on the way. */
  async function single(rows: readonly Query[], error: ChannelError): Promise<void> {
    const now = clock.now()
    const code = error.is === 'rejected' ? error.code : 'no-reply'
    const final = error.is === 'rejected' && error.status !== 413
    const changed = await wallet.write(async (tx) => {
      await beat(tx, deps, me)
      return change(
        tx,
        rows.map(({ id }) => id),
        (row) => (final ? refused(row, code, now) : unheard(row, code, now, chance())),
      )
    })
    for (const { id } of rows) underWay.delete(id)
    countUp(changed)
  }

  /** Ends the drain: what is still being sent is due again (halves that were not sent yet, too), and the outbox pauses. */
  async function stop(stopped: 'connectivity' | 'overload', reason: WaitingReason, wait: (failures: number) => number): Promise<After> {
    await wallet.write(async (tx) => {
      const now = clock.now()
      const failures = ((await tx.drainState()).hold?.failures ?? 0) + 1
      await beat(tx, deps, me, { hold: { reason, until: now + wait(failures), setAt: now, failures } })
      await change(tx, [...underWay], (row) => requeued(row, now))
    })
    return { do: 'stop', stopped }
  }

  return { run, report }
}

/** A row whose sender died: perhaps of it. */
function orphaned(row: Query, now: Instant): Query {
  return { ...requeued(row, now), attempts: row.attempts + 1 }
}

/** A reply came and said nothing of this row that could be read. */
function isMute({ problem }: Query): boolean {
  return problem === 'no-reply' || problem === 'reply-unreadable'
}

/** Errors that what was sent may have caused. */
function mayBeTheRows(error: ChannelError): boolean {
  return error.is === 'gateway-down' && error.because !== 'unreachable'
}

/** Changes rows that are still there; returns them. Whoever holds the lock is the only one who moves a row that is being sent. */
async function change(tx: WalletTx, ids: readonly string[], to: (row: Query) => Query): Promise<readonly Query[]> {
  const changed = (await tx.queriesById(ids)).map((row) => ({ ...to(row), entryId: row.entryId }))
  await tx.putQueries(changed)
  return changed
}

/** The oldest question tries the way for the others. If it gets no reply either, it waits by itself, and another one tries the next time. */
function oneApart([first, ...rest]: readonly string[]): string[][] {
  return [first === undefined ? [] : [first], rest]
}

function halves(batch: readonly string[]): [string[], string[]] {
  const middle = Math.ceil(batch.length / 2)
  return [batch.slice(0, middle), batch.slice(middle)]
}
