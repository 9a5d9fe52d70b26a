import { addDays, dateAt } from '../../domain/index.ts'
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
  /** Does the work once the sender may try, and notes what came of it. `spent`: it may not any more. `later`: too many of its own are before it. */
  pass(by: HashedSender | null, work: () => Promise<Tally | null>): Promise<'done' | 'spent' | 'later'>
}

/** Wrong tries that are granted to somebody of whom nothing is known. */
const granted = { device: 8, network: 12 } as const
/** What a match adds to it. */
const perMatch = 0.2
/** While of so many tries in the world more than this share are wrong, somebody guesses: strangers are granted a third. */
const alarm = { least: 300, share: 0.3 } as const

/** Milliseconds for which tallies are used before they are read again: what other gateways noted is seen then. */
const freshMs = 5000
/** Milliseconds after which whoever waits for its turn is parked instead; less than the lease of a question. */
const longestMs = 30_000
const most = 20_000

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

  /** Whoever comes while a tally is being read waits for it, too: nobody is taken for new whose record is on its way, or cannot be read. */
  async function laneOf(sender: string): Promise<Lane> {
    const now = clock.now()
    const lane = lanes.get(sender) ?? { inside: 0, waiting: [], tally: { matched: 0, wrong: 0 }, readAt: -Infinity, reading: null }
    lanes.use(sender, lane, now)
    if (Math.abs(now - lane.readAt) >= freshMs) lane.reading ??= read(lane, sender, now).finally(() => (lane.reading = null))
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

  /** Lets in as many as may be wrong. */
  async function enter(lane: Lane, axis: keyof typeof granted): Promise<'in' | 'spent' | 'later'> {
    const begun = clock.now()
    while (lane.inside >= left(lane.tally, axis)) {
      if (left(lane.tally, axis) <= 0) return 'spent'
      if (clock.now() - begun > longestMs) return 'later'
      await new Promise<void>((wake) => lane.waiting.push(wake))
    }
    lane.inside += 1
    return 'in'
  }

  function leave(lane: Lane, came: Tally | null): void {
    lane.inside -= 1
    if (came) lane.tally = { matched: lane.tally.matched + came.matched, wrong: lane.tally.wrong + came.wrong }
    for (const wake of lane.waiting.splice(0)) wake()
  }

  return {
    async isSpent({ device, network }) {
      const [own, shared] = await Promise.all([laneOf(device), laneOf(network), lookAround()])
      return left(own.tally, 'device') <= 0 || left(shared.tally, 'network') <= 0
    },
    async pass(by, work) {
      if (by === null) return work().then(() => 'done')
      const [own, shared] = await Promise.all([laneOf(by.device), laneOf(by.network), lookAround()])
      const first = await enter(own, 'device')
      if (first !== 'in') return first
      let came: Tally | null = null
      try {
        const second = await enter(shared, 'network')
        if (second !== 'in') return second
        try {
          came = await work()
          return 'done'
        } finally {
          leave(shared, came)
        }
      } finally {
        leave(own, came)
      }
    },
  }
}
