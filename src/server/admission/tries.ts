import type { Clock } from '../clock.ts'
import type { Keys } from '../keys.ts'
import { looksAfterWrongTries, looksPerDay } from '../query/terms.ts'
import { senderKeys, type Sender } from './rates.ts'

/**
 * Who has tried wrong elements, by device and by network, so that nobody can guess an invoice's elements at the expense of its five looks a
 * day. Matching tries are not counted at all. The keys are hashes; nothing outlives the process or 48 hours.
 */
export interface Tries {
  /**
   * The looks of an invoice's day that a question of this sender's may go up to: all five, or three once the sender has wrong tries. A second
   * question about the same invoice makes one of the two wrong, before anybody has answered.
   */
  looks(sender: Sender, invoice: string, question: string): number
  /** A question of this sender's did not match. */
  wrong(sender: Sender): void
}

const keptMs = 48 * 3_600_000
const most = 200_000

/** What was noted when; the map is in the order of time, so the oldest can go. */
function createMemory<T>(clock: Clock) {
  const notes = new Map<string, { readonly at: number; readonly value: T }>()
  return {
    get(key: string): T | null {
      const note = notes.get(key)
      return note && Math.abs(clock.now() - note.at) < keptMs ? note.value : null
    },
    set(key: string, value: T): void {
      notes.delete(key)
      notes.set(key, { at: clock.now(), value })
      for (const [oldest, { at }] of notes) {
        if (notes.size <= most && clock.now() - at < keptMs) return
        notes.delete(oldest)
      }
    },
  }
}

export function createTries(keys: Keys, clock: Clock): Tries {
  const wrong = createMemory<true>(clock)
  const asked = createMemory<string>(clock)
  return {
    looks(sender, invoice, question) {
      const who = senderKeys(keys, sender)
      let isSuspect = false
      for (const axis of [who.device, who.network]) {
        const about = `${axis} ${invoice}`
        const first = asked.get(about)
        if (first === null) asked.set(about, question)
        if (wrong.get(axis) !== null || (first !== null && first !== question)) isSuspect = true
      }
      return isSuspect ? looksAfterWrongTries : looksPerDay
    },
    wrong(sender) {
      const { device, network } = senderKeys(keys, sender)
      wrong.set(device, true)
      wrong.set(network, true)
    },
  }
}
