import type { CDPSession, Page } from '@playwright/test'

/** A trace event, as Chromium writes it (Trace Event Format). */
interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  /** Microseconds of the processor. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

/**
 * Does some work and returns the longest task of the page's main thread meanwhile, in milliseconds of processor time: not of the clock, by
 * which a task is also long when the machine gives the processor to somebody else.
 */
export async function longestTask(page: Page, work: () => Promise<unknown>): Promise<number> {
  const session = await page.context().newCDPSession(page)
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value as unknown as TraceEvent[])
      if (event.ph === 'X' ? isTask(event) : event.name === 'thread_name') events.push(event)
  })
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['disabled-by-default-devtools.timeline', '__metadata'], excludedCategories: ['*'] },
  })
  await work()
  await endTrace(session)
  await session.detach()
  const keyOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`
  const threads = new Map(
    events.flatMap((event) => (event.args?.name === 'CrRendererMain' ? [[keyOf(event), [] as number[]] as const] : [])),
  )
  for (const event of events) if (isTask(event)) threads.get(keyOf(event))?.push((event.tdur ?? 0) / 1000)
  // The browser may keep a spare renderer at hand, which has next to nothing to do.
  const [busiest = []] = [...threads.values()].sort((a, b) => b.length - a.length)
  if (busiest.length === 0) throw new Error('the trace holds no task of the main thread')
  return busiest.reduce((longest, one) => Math.max(longest, one), 0)
}

const isTask = ({ name }: TraceEvent) => /RunTask$/.test(name)

async function endTrace(session: CDPSession): Promise<void> {
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.end')
  await complete
}

/** What {@link yardstick} writes, in bytes. */
const written = 5_000_000

/**
 * What it costs this machine to write one file of 5 MB into IndexedDB from the page, in milliseconds of processor time. It is what the app's
 * page must never do, and 100 ms where the promise of 50 ms was made: by it the promise is told on a slower machine.
 */
async function yardstick(page: Page): Promise<number> {
  const write = () =>
    page.evaluate(async (size) => {
      const done = (request: IDBRequest) =>
        new Promise((resolve, reject) => {
          request.onsuccess = resolve
          request.onerror = reject
        })
      const opening = indexedDB.open('yardstick')
      opening.onupgradeneeded = () => opening.result.createObjectStore('files', { keyPath: 'name' })
      await done(opening)
      const store = opening.result.transaction('files', 'readwrite').objectStore('files')
      await done(store.put({ name: 'a', bytes: new Uint8Array(size).fill(1).buffer }))
      opening.result.close()
      await done(indexedDB.deleteDatabase('yardstick'))
    }, written)
  await write()
  // The least of three: it is also longer when the browser happens to do something else in the same task.
  return Math.min(await longestTask(page, write), await longestTask(page, write), await longestTask(page, write))
}

/** Milliseconds that a task of the page may take. */
const longest = 50

/**
 * What a task of the page may take on this machine, in milliseconds of its processor. Where 50 ms were promised, writing 5 MB from the page
 * takes about twice as long ({@link yardstick}); where that takes longer, so may everything. So the bound follows the machine, and work
 * of that kind that moves back onto the page stands above it on any.
 */
export async function boundOn(page: Page): Promise<number> {
  return Math.max(longest, (await yardstick(page)) / 2)
}
