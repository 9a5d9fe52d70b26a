import type { Chance } from '../../fault/chance.ts'
import { jainOf, type Drained, type DrainPlan } from './world.ts'

/** How a client without a gateway that holds its questions comes back. */
export type Retrying = 'full jitter' | 'constant Retry-After'

/** Seconds: what a refusal of the second kind says, and between which the first kind waits. */
const constant = 60
const base = 5
const longest = 900

/**
 * The same herd before a service that keeps no queue: it answers as many questions in a second as the source grants, and refuses the rest. Every client has
 * been refused for an hour when service returns. Seconds are whole: nothing here depends on less.
 * @param capacity requests a second the same gateway would announce.
 */
export function herd(retrying: Retrying, { devices, each, perSecond }: DrainPlan, chance: Chance, capacity: number): Drained {
  const fraction = () => chance.below(2 ** 30) / 2 ** 30
  const wait = (failures: number) =>
    retrying === 'full jitter' ? 1 + Math.floor(fraction() * Math.min(longest, base * 2 ** Math.min(failures, 20))) : constant
  const left = new Uint16Array(devices).fill(each)
  const messages = new Uint32Array(devices)
  const failures = new Uint16Array(devices).fill(10)
  const doneAt = new Float64Array(devices)
  const due = new Map<number, number[]>()
  const plan = (device: number, second: number) => {
    const list = due.get(second)
    if (list) list.push(device)
    else due.set(second, [device])
  }
  // Constant waits keep the herd together: whoever asked in the quarter of an hour before comes at its minute.
  for (let device = 0; device < devices; device++)
    plan(device, retrying === 'full jitter' ? wait(10) - 1 : Math.floor(fraction() * constant))

  let open = devices
  let peak = 0
  let second = 0
  for (; open > 0; second++) {
    const here = due.get(second) ?? []
    due.delete(second)
    peak = Math.max(peak, here.length)
    let free = perSecond
    for (const device of here) {
      messages[device] = (messages[device] ?? 0) + 1
      const got = Math.min(free, left[device] ?? 0)
      free -= got
      left[device] = (left[device] ?? 0) - got
      failures[device] = got > 0 ? 0 : (failures[device] ?? 0) + 1
      if (left[device] === 0) {
        doneAt[device] = second + 1
        open--
      } else plan(device, second + wait(failures[device] ?? 0))
    }
  }
  return {
    seconds: second,
    ideal: (devices * each) / perSecond,
    messagesPerDevice: messages.reduce((sum, one) => sum + one, 0) / devices,
    peakToCapacity: peak / capacity,
    jain: jainOf([...doneAt].map((at) => each / at)),
    calls: devices * each,
    lost: 0,
  }
}
