import type { CalendarDate, Instant } from '../../domain/index.ts'
import { dateAt } from '../../domain/index.ts'
import type { Store } from '../store/store.ts'

/** A generation of receipt keys: the first is number 1. */
export interface Generation {
  /** The day it was decided on, so that all gateways write the same list. */
  readonly decidedOn: CalendarDate
  /** When it begins to sign, whole seconds. The one before ends then. */
  readonly from: Instant
}

/** The first one holds for a day back: gateways of one store have not quite the same time. */
const leadMs = 24 * 3_600_000

/** The generations that the gateways of a store have agreed on, oldest first. The first is made when there is none. */
export async function readGenerations(store: Store, now: Instant): Promise<Generation[]> {
  const generations: Generation[] = []
  for (;;) {
    const next = await store.setting(nameOf(generations.length + 1))
    if (next !== null) generations.push(parse(next))
    else if (generations.length > 0) return generations
    else generations.push(await claim(store, 1, { decidedOn: dateAt(now), from: wholeSecond(now - leadMs) }))
  }
}

/**
 * Decides on a further generation. When somebody else does so at the same time, theirs is the one.
 * @returns all of them, the new one last.
 */
export async function addGeneration(store: Store, now: Instant, from: Instant): Promise<Generation[]> {
  const known = await readGenerations(store, now)
  const next = await claim(store, known.length + 1, { decidedOn: dateAt(now), from: wholeSecond(from) })
  return [...known, next]
}

async function claim(store: Store, generation: number, value: Generation): Promise<Generation> {
  return parse(await store.claimSetting(nameOf(generation), JSON.stringify(value)))
}

function nameOf(generation: number): string {
  return `receipt-key-${generation}`
}

function parse(text: string): Generation {
  return JSON.parse(text) as Generation
}

function wholeSecond(at: Instant): Instant {
  return Math.floor(at / 1000) * 1000
}
