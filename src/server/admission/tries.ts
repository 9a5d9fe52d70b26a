import { addDays, dateAt, instantOn, type Instant } from '../../domain/index.ts'
import type { Clock } from '../clock.ts'
import type { HashedSender, Store, Tally } from '../store/store.ts'
import { createForgetful } from './forgetful.ts'

/**
 * Keeps whoever guesses from finding anything out: a device and a network may be wrong so often in two days, and no more often than what is left of
 * that is asked for them at a time. Every match lets them be wrong a little more, so that a large network with many people in it is one of many
 * matches and few mistakes. The tallies are the store's: every gateway sees them, and no restart forgets them.
 */
export interface Tries {
  /** True when a sender may not ask anything until some of its wrong tries are forgotten. */
  isSpent(by: HashedSender): Promise<boolean>
  /**
   * Does the work for those of all who ask the same that may try, as soon as there are any, and notes what came of it. `spent`: none of them may any
   * more. `later`: too many of their own are before it.
   */
  pass<One extends Asker>(askers: readonly One[], work: (parted: Parted<One>) => Promise<Tally | null>): Promise<'done' | 'spent' | 'later'>
}

/** Somebody who asks. */
export interface Asker {
  /** Null when that is not known: then nobody's tally says anything. */
  readonly by: HashedSender | null
}

/** Those who ask the same, each judged by their own tries. */
export interface Parted<One> {
  readonly may: readonly One[]
  /** They have been wrong too often. */
  readonly spent: readonly One[]
}

/** What a try adds to whose tally: a mistake is everybody's who hears of it, a match is credited once, to whoever came first. */
export function chargedTo(askers: readonly Asker[], came: Tally): ReadonlyMap<string, Tally> {
  const known = askers.flatMap(({ by }) => (by === null ? [] : [by]))
  const whose = came.wrong > 0 ? known : known.slice(0, 1)
  return new Map(whose.flatMap(({ device, network }) => [device, network]).map((sender) => [sender, came]))
}

/** When the tries that somebody has made until `at` are forgotten: tallies are by day, and count for two. */
export function forgottenAt(at: Instant): Instant {
  return instantOn(addDays(dateAt(at), 2))
}

/** Wrong tries that are granted to somebody of whom nothing is known. */
const granted = { device: 8, network: 12 } as const
/** What a match adds to it. */
const perMatch = 0.2
/** While of so many tries in the world more than this share are wrong, somebody guesses: strangers are granted a third. */
const alarm = { least: 300, share: 0.3 } as const

/** Milliseconds for which tallies are used that other gateways change, too. A gateway that is alone reads them once a day. */
const freshMs = 5000
/** Milliseconds after which whoever waits for its turn is parked instead; less than the lease of a question. */
const longestMs = 30_000
const most = 100_000

interface Lane {
  inside: number
  readonly waiting: (() => void)[]
  tally: Tally
  readAt: number
  /** The look-up of the tally that is under way. */
  reading: Promise<void> | null
}

export function createTries(store: Store, clock: Clock): Tries {
  const lanes = createForgetful<Lane>({
    most,
    longestMs: 48 * 3_600_000,
    isHeld: ({ inside, waiting }) => inside > 0 || waiting.length > 0,
  })
  let everybody = { readAt: -Infinity, isAttack: false }

  async function lookAround(): Promise<void> {
    const now = clock.now()
    if (Math.abs(now - everybody.readAt) < 60_000) return
    everybody = { ...everybody, readAt: now }
    const { matched, wrong } = await store.tallyOfAll(dateAt(now))
    everybody.isAttack = matched + wrong >= alarm.least && wrong > alarm.share * (matched + wrong)
  }

  const isFresh = ({ readAt }: Lane, now: number) =>
    store.isShared ? Math.abs(now - readAt) < freshMs : readAt > 0 && dateAt(readAt) === dateAt(now)

  /** Whoever comes while a tally is being read waits for it, too: nobody is taken for new whose record is on its way, or cannot be read. */
  async function laneOf(sender: string): Promise<Lane> {
    const now = clock.now()
    const lane = lanes.get(sender) ?? { inside: 0, waiting: [], tally: { matched: 0, wrong: 0 }, readAt: -Infinity, reading: null }
    lanes.use(sender, lane, now)
    if (!isFresh(lane, now)) lane.reading ??= read(lane, sender, now).finally(() => (lane.reading = null))
    await lane.reading
    return lane
  }

  async function read(lane: Lane, sender: string, now: number): Promise<void> {
    lane.tally = await store.tally(sender, addDays(dateAt(now), -1))
    lane.readAt = now
  }

  /** Wrong tries that are left. */
  function left({ matched, wrong }: Tally, axis: keyof typeof granted): number {
    return Math.ceil(granted[axis] / (everybody.isAttack ? 3 : 1) + perMatch * matched) - wrong
  }

  const roomIn = (lane: Lane, axis: keyof typeof granted) => left(lane.tally, axis) - lane.inside

  /** Who may try now, who may not any more, and the lanes that are full; lanes that somebody of them has entered have room for all of them. */
  function part<One extends Asker>(askers: readonly One[], lanes: ReadonlyMap<string, Lane>) {
    const [may, spent, entered, full]: [One[], One[], Map<string, Lane>, Lane[]] = [[], [], new Map(), []]
    for (const one of askers) {
      const { by } = one
      const axes =
        by === null
          ? []
          : ([
              [by.device, 'device'],
              [by.network, 'network'],
            ] as const)
      const all = axes.map(([sender, axis]) => ({ sender, axis, lane: lanes.get(sender)! }))
      const closed = all.filter(({ sender, axis, lane }) => !entered.has(sender) && roomIn(lane, axis) <= 0)
      if (all.some(({ lane, axis }) => left(lane.tally, axis) <= 0)) spent.push(one)
      else if (closed.length > 0) full.push(...closed.map(({ lane }) => lane))
      else {
        may.push(one)
        for (const { sender, lane } of all) entered.set(sender, lane)
      }
    }
    return { may, spent, entered, full }
  }

  async function lanesOf(askers: readonly Asker[]): Promise<ReadonlyMap<string, Lane>> {
    const senders = [...new Set(askers.flatMap(({ by }) => (by === null ? [] : [by.device, by.network])))]
    if (senders.length === 0) return new Map()
    const [lanes] = await Promise.all([Promise.all(senders.map(laneOf)), lookAround()])
    return new Map(senders.map((sender, index) => [sender, lanes[index]!]))
  }

  function leave(lane: Lane, came: Tally | undefined): void {
    lane.inside -= 1
    if (came) lane.tally = { matched: lane.tally.matched + came.matched, wrong: lane.tally.wrong + came.wrong }
    for (const wake of lane.waiting.splice(0)) wake()
  }

  return {
    async isSpent({ device, network }) {
      const [own, shared] = await Promise.all([laneOf(device), laneOf(network), lookAround()])
      return left(own.tally, 'device') <= 0 || left(shared.tally, 'network') <= 0
    },
    async pass(askers, work) {
      const begun = clock.now()
      const lanes = await lanesOf(askers)
      for (;;) {
        const { may, spent, entered, full } = part(askers, lanes)
        if (may.length > 0) {
          for (const lane of entered.values()) lane.inside += 1
          let came: Tally | null = null
          try {
            came = await work({ may, spent })
            return 'done'
          } finally {
            const charged = came === null ? null : chargedTo(may, came)
            for (const [sender, lane] of entered) leave(lane, charged?.get(sender))
          }
        }
        if (full.length === 0) return 'spent'
        if (clock.now() - begun > longestMs) return 'later'
        await new Promise<void>((wake) => full.forEach((lane) => lane.waiting.push(wake)))
      }
    },
  }
}
