import type { Clock } from '../../../src/server/index.ts'

/** Time that jumps from one event to the next as soon as nothing more happens without it. */
export interface VirtualClock extends Clock {
  /** Calls back at an instant. */
  at(instant: number, run: () => void): void
  /** Lets time pass until `done`, or until nothing is left to happen. @returns whether it is done. */
  run(done: () => boolean): Promise<boolean>
}

interface Event {
  readonly at: number
  /** Of two events at the same instant the one that was planned first happens first. */
  readonly nth: number
  run: (() => void) | null
}

/** @param grainMs events are put off to the next multiple of it, so that many of them happen in one step. */
export function virtualClock(start: number, grainMs: number): VirtualClock {
  let now = start
  let planned = 0
  const heap: Event[] = []
  const onGrid = (instant: number) => Math.ceil(instant / grainMs) * grainMs

  return {
    now: () => now,
    at: (instant, run) => push(heap, { at: onGrid(Math.max(now, instant)), nth: planned++, run }),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve()
        const event: Event = { at: onGrid(now + Math.max(0, ms)), nth: planned++, run: resolve }
        const abort = () => {
          event.run = null
          resolve()
        }
        signal?.addEventListener('abort', abort, { once: true })
        push(heap, event)
      }),
    async run(done) {
      for (;;) {
        await settled()
        if (done()) return true
        const next = heap[0]
        if (!next) return false
        now = Math.max(now, next.at)
        while (heap[0] && heap[0].at <= now) pop(heap)?.run?.()
      }
    },
  }
}

/** Everything that needs no time has happened: what runs in `setImmediate` has run, and so has what it started. */
export async function settled(): Promise<void> {
  for (let quiet = 0; quiet < 2; quiet++) {
    await new Promise((resolve) => setImmediate(resolve))
    if (process.getActiveResourcesInfo().some((one) => one === 'Immediate' || one.startsWith('FSReq'))) quiet = -1
  }
}

const isBefore = (a: Event, b: Event) => a.at < b.at || (a.at === b.at && a.nth < b.nth)

function push(heap: Event[], event: Event): void {
  let place = heap.push(event) - 1
  while (place > 0) {
    const above = (place - 1) >> 1
    const parent = heap[above]
    if (!parent || isBefore(parent, event)) break
    heap[place] = parent
    place = above
  }
  heap[place] = event
}

function pop(heap: Event[]): Event | undefined {
  const [top] = heap
  const last = heap.pop()
  if (!last || heap.length === 0) return top
  let place = 0
  for (;;) {
    let below = 2 * place + 1
    const [left, right] = [heap[below], heap[below + 1]]
    if (!left) break
    if (right && isBefore(right, left)) below++
    const least = heap[below]
    if (!least || isBefore(last, least)) break
    heap[place] = least
    place = below
  }
  heap[place] = last
  return top
}
