import { IDBFactory } from 'fake-indexeddb'
import { capture, complete } from '../../src/capture/index.ts'
import { canonicalElements, elementsOf, type Draft } from '../../src/domain/index.ts'
import { drain } from '../../src/outbox/index.ts'
import { manualClock } from '../fixtures/clock.ts'
import { draftOf, numberOf } from '../fixtures/device.ts'
import { fakeGateway, type Say } from '../fixtures/gateway.ts'
import { fakeLocks } from '../fixtures/locks.ts'
import { begin, Killed, type Life, type World } from './life.ts'

/** A world with nothing in it. */
export function newWorld(): World {
  const clock = manualClock()
  return { disk: new IDBFactory(), locks: fakeLocks(), clock, gateway: fakeGateway(clock) }
}

/** What a person does with one invoice: scans it, or scans one whose amount cannot be read and fills it in. */
export interface Deed {
  readonly count: number
  readonly incomplete: boolean
}

/** What the person was told: an act is acknowledged when its promise resolved. */
export interface Told {
  readonly captured: Set<number>
  readonly completed: Set<number>
}

export const nothingTold = (): Told => ({ captured: new Set(), completed: new Set() })

/** Lives one process: does all deeds that were not acknowledged yet, then drains. Returns its edges; a kill ends it early. */
export async function liveThrough(
  world: World,
  deeds: readonly Deed[],
  told: Told,
  how: { killAt?: number; seed?: number } = {},
): Promise<number> {
  let life: Life | null = null
  try {
    const here = await begin(world, how)
    life = here
    await here.run(async () => {
      for (const deed of deeds) await act(here, deed, told)
      await drain(here, { eager: true })
    })
    here.wallet.close()
  } catch (error) {
    if (!(error instanceof Killed)) throw error
  }
  return life?.edges() ?? 0
}

async function act(life: Life, { count, incomplete }: Deed, told: Told): Promise<void> {
  const done = incomplete ? told.completed : told.captured
  if (done.has(count)) return
  const { entryId } = await capture(life, incomplete ? withoutAmount(count) : draftOf(count), 'camera')
  told.captured.add(count)
  if (!incomplete) return
  await complete(life, entryId, { amount: 10000 + count })
  told.completed.add(count)
}

function withoutAmount(count: number): Draft {
  return draftOf(count, { amount: null })
}

/**
 * Days go by with a process that is left alone, until everything is done and the outbox is empty. Says what the first one did not find that was
 * acknowledged: it looks before anybody does it again.
 */
export async function recover(world: World, deeds: readonly Deed[], told: Told, seed = 99): Promise<string[]> {
  const faults: string[] = []
  for (let day = 0; day < 30; day++) {
    const life = await begin(world, { seed: seed + day })
    if (day === 0) for (const count of await missingFrom(life, told.captured)) faults.push(`invoice ${count}: acknowledged and lost`)
    for (const deed of deeds) await act(life, deed, told)
    await drain(life, { eager: true })
    const { queries } = await life.wallet.queries()
    life.wallet.close()
    if (queries.length === 0) break
    world.gateway.resume()
    world.clock.jump(25 * 3_600_000)
  }
  return faults
}

async function missingFrom({ wallet }: Life, counts: ReadonlySet<number>): Promise<number[]> {
  if (counts.size === 0) return []
  const kept = new Set((await wallet.list()).entries.map(({ entry }) => entry.invoice.number))
  return [...counts].filter((count) => !kept.has(numberOf(count)))
}

/** Says in words what is wrong with a world after recovery; empty when nothing was lost and nothing done twice. */
export async function faultsOf(world: World, deeds: readonly Deed[]): Promise<string[]> {
  const { wallet } = await begin(world, { seed: 7 })
  const { entries, damaged } = await wallet.list()
  const { queries } = await wallet.queries()
  const faults: string[] = []
  if (damaged.length > 0) faults.push(`${damaged.length} damaged rows`)
  if (queries.length > 0) faults.push(`${queries.length} rows left: ${queries.map((one) => `${one.state} ${one.problem}`).join()}`)
  for (const { count } of deeds) {
    const mine = entries.filter(({ entry }) => entry.invoice.number === numberOf(count))
    if (mine.length !== 1) faults.push(`invoice ${count}: ${mine.length} entries`)
    for (const { entry } of mine) {
      const detail = await wallet.entry(entry.id)
      const answers = detail?.answers.length ?? 0
      if (answers !== 1) faults.push(`invoice ${count}: ${answers} answers`)
      const elements = elementsOf(entry.invoice)
      const asked = world.gateway.ledger.filter((one) => elements !== null && one.elements === canonicalElements(elements))
      const ids = new Set(asked.map(({ id }) => id))
      if (ids.size !== 1) faults.push(`invoice ${count}: asked under ${ids.size} ids`)
    }
  }
  wallet.close()
  return faults
}

/** A world whose gateway parks the first look at some invoices. */
export function worldThatParks(counts: readonly number[]): World {
  const world = newWorld()
  world.gateway.say = parksFirst(counts)
  return world
}

/** Kills one process after the other at the given edges, then lets the app live. Says what went wrong. */
export async function killedAt(deeds: readonly Deed[], parked: readonly number[], edges: readonly number[]): Promise<string[]> {
  const world = worldThatParks(parked)
  const told = nothingTold()
  for (const [life, killAt] of edges.entries()) await liveThrough(world, deeds, told, { killAt, seed: life + 1 })
  return [...(await recover(world, deeds, told)), ...(await faultsOf(world, deeds))]
}

/** How many edges a process crosses that nobody kills. */
export async function edgesOf(deeds: readonly Deed[], parked: readonly number[]): Promise<number> {
  return liveThrough(worldThatParks(parked), deeds, nothingTold())
}

function parksFirst(counts: readonly number[]): (elements: { number: string }) => Say {
  const seen = new Set<string>()
  const parked = new Set(counts.map(numberOf))
  return ({ number }) => {
    if (!parked.has(number) || seen.has(number)) return { say: 'answer' }
    seen.add(number)
    return { say: 'park', reason: 'source-down', retryAfter: 60 }
  }
}
