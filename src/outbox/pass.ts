import { randomFraction, type WaitingReason } from '../domain/index.ts'
import type { ChannelError, QueryReply } from '../channels/index.ts'
import type { Query, WalletTx } from '../wallet/index.ts'
import { batches } from './batch.ts'
import type { DrainReport, OutboxDeps } from './drain.ts'
import { beat, LockLost, takeOver } from './lease.ts'
import { connectivityWait, decide, isDue, isHeld, refused, requeued, serverWait, unheard } from './retry.ts'

/** So many batches in a row without one that got through mean that it is not the rows: the gateway is down, whatever its status says. */
const enough = 8

/** What to do after a batch: go on, send it again in halves, or end the drain with the outbox on hold. */
type After = { readonly do: 'go-on' } | { readonly do: 'halve' } | { readonly do: 'stop'; readonly stopped: 'connectivity' | 'overload' }

/** One run of the drain while it holds the lock. Every step is: write what will be done, do it, write what came of it. */
export function createPass(deps: OutboxDeps, me: string, eager: boolean) {
  const { wallet, channels, clock, random } = deps
  const count = { sent: 0, settled: 0, parked: 0, needsUser: 0 }
  const seen = new Set<string>()
  let inVain = 0

  const report = (stopped: DrainReport['stopped']): DrainReport => ({ ...count, stopped })
  const chance = () => randomFraction(random)

  async function run(): Promise<DrainReport> {
    const first = await wallet.write(async (tx) => {
      const hold = await takeOver(tx, deps, me)
      // Whoever was sending is gone, as we hold the lock: their rows are due again.
      for (const row of await tx.queries()) {
        if (row.state === 'sending') await tx.putQuery({ ...requeued(row, clock.now()), attempts: row.attempts + 1 })
      }
      return isHeld(hold, clock.now(), eager) ? 'hold' : dueRows(tx)
    })
    if (first === 'hold') return report('hold')
    for (let due = first; due.length > 0; due = await wallet.write(dueRows)) {
      for (const { id } of due) seen.add(id)
      const work = batches(due)
      for (let batch = work.shift(); batch; batch = work.shift()) {
        const after = await send(batch)
        if (after.do === 'stop') return report(after.stopped)
        if (after.do === 'halve') work.unshift(...halves(batch))
      }
    }
    return report(null)
  }

  /** No row is taken twice in one drain: it ends. */
  async function dueRows(tx: WalletTx): Promise<readonly Query[]> {
    return (await tx.queries()).filter((row) => isDue(row, clock.now()) && !seen.has(row.id))
  }

  async function send(batch: readonly string[]): Promise<After> {
    const rows = await wallet.write((tx) => mark(tx, batch))
    if (rows.length === 0) return { do: 'go-on' }
    count.sent += rows.length
    const reply = await channels.ask(rows)
    if (!reply.ok) return fail(rows, reply.error)
    inVain = 0
    await apply(rows, reply.value)
    return { do: 'go-on' }
  }

  /** Rows may have been merged or taken back since they were found due: what counts is what is there now. */
  async function mark(tx: WalletTx, ids: readonly string[]): Promise<Query[]> {
    await beat(tx, deps, me)
    const marked: Query[] = []
    for (const id of ids) {
      const row = await tx.query(id)
      if (row === null || row.state === 'needs-user') continue
      const sending: Query = { ...row, state: 'sending', setAt: clock.now() }
      await tx.putQuery(sending)
      marked.push(sending)
    }
    return marked
  }

  async function apply(rows: readonly Query[], replies: readonly QueryReply[]): Promise<void> {
    // The first readable reply to an id counts; duplicates and strangers do not.
    const replyTo = new Map<string, QueryReply>()
    for (const one of replies) if (!replyTo.has(one.id)) replyTo.set(one.id, one)
    const decided = rows.map((row) => ({ row, next: decide(row, replyTo.get(row.id), clock.now(), chance()) }))
    const done = await wallet.write(async (tx) => {
      const done = { settled: 0, parked: 0, needsUser: 0, lost: false }
      // An answer in hand is kept even by a drainer whose lock was stolen; everything else is left to the new one.
      for (const { row, next } of decided) {
        if (next.do === 'settle' && (await tx.settle(row.id, next.answer, clock.now()))) done.settled++
      }
      done.lost = (await tx.drainState()).holder !== me
      if (done.lost) return done
      await beat(tx, deps, me, { hold: null })
      for (const { row, next } of decided) {
        if (next.do === 'settle' || !(await update(tx, row.id, () => next.query))) continue
        if (next.query.state === 'parked') done.parked++
        if (next.query.state === 'needs-user') done.needsUser++
      }
      return done
    })
    count.settled += done.settled
    count.parked += done.parked
    count.needsUser += done.needsUser
    if (done.lost) throw new LockLost()
  }

  /** The batch as a whole got no usable reply. */
  async function fail(rows: readonly Query[], error: ChannelError): Promise<After> {
    if (error.is === 'overloaded') return stop(rows, 'overload', error.reason, () => serverWait(error.retryAfter, chance()))
    const alive = error.is === 'rejected' || (mayBeTheRows(error) && (await gatewayLives()))
    if (alive && ++inVain < enough) {
      if (rows.length > 1) return { do: 'halve' }
      await single(rows, error)
      return { do: 'go-on' }
    }
    const state = alive || mayBeTheRows(error) ? channels.state.value : await channels.probe()
    const reason = state.is === 'device-offline' ? 'device-offline' : 'gateway-down'
    return stop(rows, 'connectivity', reason, (failures) => connectivityWait(failures, chance()))
  }

  async function gatewayLives(): Promise<boolean> {
    const { is } = await channels.probe()
    return is === 'up' || is === 'authority-down'
  }

  /** A row that alone got no reply, or alone was rejected. */
  async function single(rows: readonly Query[], error: ChannelError): Promise<void> {
    await wallet.write(async (tx) => {
      await beat(tx, deps, me)
      for (const { id } of rows) {
        const now = clock.now()
        await update(tx, id, (row) => (error.is === 'rejected' ? refused(row, error.code, now) : unheard(row, 'no-reply', now, chance())))
      }
    })
    if (error.is === 'rejected') count.needsUser += rows.length
  }

  /** Ends the drain: the rows in hand are due again, and the outbox pauses. Rows of halves not sent yet are among those still `sending`. */
  async function stop(
    rows: readonly Query[],
    stopped: 'connectivity' | 'overload',
    reason: WaitingReason,
    wait: (failures: number) => number,
  ): Promise<After> {
    await wallet.write(async (tx) => {
      const now = clock.now()
      const failures = ((await tx.drainState()).hold?.failures ?? 0) + 1
      await beat(tx, deps, me, { hold: { reason, until: now + wait(failures), setAt: now, failures } })
      const mine = new Set([...rows.map(({ id }) => id), ...seen])
      for (const row of await tx.queries()) if (row.state === 'sending' && mine.has(row.id)) await tx.putQuery(requeued(row, now))
    })
    return { do: 'stop', stopped }
  }

  return { run, report }
}

/** Errors that what was sent may have caused. */
function mayBeTheRows(error: ChannelError): boolean {
  return error.is === 'gateway-down' && error.because !== 'unreachable'
}

/** Changes a row that is still there and still being sent. */
async function update(tx: WalletTx, id: string, change: (row: Query) => Query): Promise<boolean> {
  const row = await tx.query(id)
  if (row === null || row.state !== 'sending') return false
  await tx.putQuery({ ...change(row), entryId: row.entryId })
  return true
}

function halves(batch: readonly string[]): [string[], string[]] {
  const middle = Math.ceil(batch.length / 2)
  return [batch.slice(0, middle), batch.slice(middle)]
}
