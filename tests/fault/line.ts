import { createChannels } from '../../src/channels/index.ts'
import { canonicalElements, elementsOf } from '../../src/domain/index.ts'
import { ask } from '../../src/outbox/index.ts'
import { settle } from '../fixtures/clock.ts'
import { makeDevice, type Device } from '../fixtures/device.ts'
import type { Wallet } from '../../src/wallet/index.ts'
import type { Call, Fault } from './http-faults.ts'

const hour = 3_600_000

/** A device whose line to the gateway can be made to fail, with a record of what it was really told. */
export interface LinedDevice {
  readonly device: Device
  /** What the line does with a request; null lets it through. Status requests have no ids. */
  fault: ((ids: readonly string[]) => Fault | null) | null
  /** When each request was made. */
  readonly requestedAt: readonly number[]
  /** How many requests met a fault. */
  readonly met: () => number
  /** What was wrong at any look so far: a row that was not to be seen, an answer nobody gave. */
  readonly wrong: readonly string[]
  /** Compares what the wallet says with what the device was told. */
  readonly look: () => Promise<void>
}

/** The wallet is looked at whenever time passes, so nothing can be lost for a while and come back. */
export async function makeLinedDevice(seed = 1): Promise<LinedDevice> {
  const device = await makeDevice({ seed })
  const requestedAt: number[] = []
  const wrong: string[] = []
  const told = new Set<string>()
  /** Entries whose answer was looked at when it came. */
  const checked = new Set<string>()
  let met = 0

  async function look(): Promise<void> {
    const { entries, damaged, queries } = await atOnce(device.wallet)
    if (damaged.length > 0) wrong.push(`${damaged.length} damaged rows`)
    const answered = entries.filter(({ entry, status }) => status.is === 'answered' && !checked.has(entry.id))
    for (const { entry } of answered) {
      const answers = (await device.wallet.entry(entry.id))?.answers ?? []
      if (answers.length !== 1) wrong.push(`${entry.invoice.number}: ${answers.length} answers`)
      for (const { id } of answers) if (!told.has(id)) wrong.push(`${entry.invoice.number}: settled by what is no answer`)
      checked.add(entry.id)
    }
    for (const { entry, status } of entries) {
      const rows = queries.filter(({ entryId }) => entryId === entry.id).length
      if (rows !== (status.is === 'answered' ? 0 : 1)) wrong.push(`${entry.invoice.number} is ${status.is} and has ${rows} rows`)
    }
    for (const { state, problem } of queries)
      if (state === 'needs-user' && problem === null) wrong.push('needs the person, and does not say why')
  }

  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const ids = init.method === 'POST' ? (JSON.parse(String(init.body)) as { queries: { id: string }[] }).queries.map(({ id }) => id) : []
    requestedAt.push(device.clock.now())
    const through = () => device.gateway.fetch(url, init)
    const fault = line.fault?.(ids) ?? null
    if (fault === null) return through().then((response) => hear(response, ids))
    met++
    for (const id of fault.answers?.(ids) ?? []) told.add(id)
    const call: Call = { ids, now: device.clock.now(), through }
    return fault.reply(call)
  }

  async function hear(response: Response, ids: readonly string[]): Promise<Response> {
    if (ids.length === 0) return response
    const { results } = (await response.clone().json()) as { results: { id: string; state: string }[] }
    for (const { id, state } of results) if (state === 'answered') told.add(id)
    return response
  }

  const channels = createChannels({
    fetch,
    clock: device.clock,
    random: device.random,
    origins: ['https://gateway.test'],
    deviceId: async () => 'device',
    onLine: () => true,
  })
  const line: LinedDevice = { device: { ...device, channels }, fault: null, requestedAt, met: () => met, wrong, look }
  return line
}

/** Waits until all that is ready has run, so that no request times out because this machine is slow. */
async function quiet({ requestedAt, device: { clock } }: LinedDevice): Promise<void> {
  const state = () => `${requestedAt.length} ${clock.next} ${clock.waiting}`
  let same = 0
  for (let before = ''; same < 2; before = state()) {
    await settle(80)
    same = before === state() ? same + 1 : 0
  }
}

/** Lets time pass from timer to timer until it is so, which only a request can bring about. @returns the milliseconds it took, or null if it never came to be within `most`. */
export async function passUntil(line: LinedDevice, so: () => boolean | Promise<boolean>, most: number): Promise<number | null> {
  const { clock } = line.device
  const start = clock.now()
  let seen = -1
  for (;;) {
    await quiet(line)
    if (seen !== line.requestedAt.length) {
      seen = line.requestedAt.length
      await line.look()
      if (await so()) break
    }
    const left = most - (clock.now() - start)
    if (left <= 0) return null
    await clock.pass(Math.min(left, Math.max(1, clock.next ?? hour)), 1)
  }
  return clock.now() - start
}

/** The person taps "ask again" on everything that waits for a tap. @returns the questions asked anew. */
export async function tapAll({ device }: LinedDevice): Promise<string[]> {
  const { queries } = await device.wallet.queries()
  const waiting = queries.filter(({ state }) => state === 'needs-user')
  for (const { entryId } of waiting) await ask(device, entryId)
  return waiting.map(({ question }) => question)
}

/** The most requests within any hour. */
export function busiestHour(times: readonly number[]): number {
  let first = 0
  let most = 0
  for (const [at, time] of times.entries()) {
    while (time - (times[first] ?? 0) > hour) first++
    most = Math.max(most, at - first + 1)
  }
  return most
}

/** Says in words what is wrong once everything should be answered: each question answered once, and asked once plus once for each tap. */
export async function unanswered({ device, wrong, look }: LinedDevice, count: number, taps: readonly string[] = []): Promise<string[]> {
  await look()
  const found = [...wrong]
  const { entries } = await device.wallet.list()
  const details = await Promise.all(entries.map(({ entry }) => device.wallet.entry(entry.id)))
  for (const detail of details)
    if (detail?.answers.length !== 1) found.push(`${detail?.entry.invoice.number}: ${detail?.answers.length} answers`)
  if (entries.length !== count) found.push(`${entries.length} of ${count} invoices`)
  for (const { entry, status } of entries) {
    const elements = elementsOf(entry.invoice)
    const question = elements === null ? '' : canonicalElements(elements)
    const asked = device.gateway.ledger.filter((one) => one.elements === question)
    const ids = new Set(asked.map(({ id }) => id))
    const allowed = 1 + taps.filter((one) => one === question).length
    if (status.is !== 'answered') found.push(`${entry.invoice.number} is ${status.is}`)
    if (ids.size < 1 || ids.size > allowed || asked.length !== ids.size)
      found.push(`${entry.invoice.number} was asked ${asked.length} times`)
  }
  return found
}

/** List and outbox of the same moment, though a drain may be going on: who asks at the same time is told the same. */
async function atOnce(wallet: Wallet) {
  const [list, { queries }] = await Promise.all([wallet.list(), wallet.queries()])
  return { ...list, queries }
}
