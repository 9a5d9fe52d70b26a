import { answerOf, type ReaderAnswer, type ReaderRequest } from './messages.ts'

/** What the page's side uses of a `Worker`. */
export interface ReaderWorker {
  postMessage(message: ReaderRequest, transfer: object[]): void
  onmessage: Handler<{ readonly data: unknown }> | null
  onerror: Handler<{ preventDefault(): void }> | null
  onmessageerror: Handler<object> | null
  terminate(): void
}

/** A method's parameters may be narrower (bivariance), so that a real `Worker` is a `ReaderWorker`. */
type Handler<Event> = { handle(event: Event): unknown }['handle']

/** Why a job ends without the worker's word: it said nothing for too long, it died over it, or there is none. */
export type Lost = 'late' | 'died' | 'none'

/** One piece of work. `take` gets every message about it and gives the result with the last one. */
export interface Job<Result> {
  readonly request: Exclude<ReaderRequest, { is: 'stop' }>
  readonly transfer: object[]
  /** Milliseconds without a message after which the worker hangs. */
  readonly limit: number
  readonly take: (answer: ReaderAnswer) => Result | undefined
  readonly lost: (why: Lost) => Result
}

interface Running {
  readonly request: Job<unknown>['request']
  readonly transfer: object[]
  readonly limit: number
  /** True with the last message. */
  readonly take: (answer: ReaderAnswer) => boolean
  readonly lose: (why: Lost) => void
}

/** The page's side of one reading worker. */
export interface Jobs {
  /** Never rejects but with the reason of its `signal`. */
  run<Result>(job: Job<Result>, signal?: AbortSignal): Promise<Result>
  /** Lets the worker go; what waits or is under way ends as lost. The next job starts a new one. */
  close(): void
}

/**
 * Gives a worker one job at a time, in order: it is started with the first, replaced after a crash or a job that hangs, ended when idle.
 * @param startWorker makes the module worker that calls `serveReader`; the app's own, because it passes through Trusted Types.
 * @param idle milliseconds without a job after which the worker ends.
 */
export function createJobs(startWorker: () => ReaderWorker, idle: number): Jobs {
  const waiting: Running[] = []
  let running: Running | null = null
  let worker: ReaderWorker | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  function next(): void {
    clearTimeout(timer)
    running = waiting.shift() ?? null
    if (!running) {
      timer = setTimeout(drop, idle)
      return
    }
    watch(running)
    try {
      worker ??= start()
      worker.postMessage(running.request, running.transfer)
    } catch {
      fail('none')
    }
  }

  function watch({ limit }: Running): void {
    clearTimeout(timer)
    timer = setTimeout(() => fail('late'), limit)
  }

  function start(): ReaderWorker {
    const started = startWorker()
    started.onmessage = ({ data }: { readonly data: unknown }) => {
      const answer = answerOf(data)
      if (started !== worker || !answer || !running || answer.id !== running.request.id) return
      if (running.take(answer)) next()
      else watch(running)
    }
    const died = () => {
      if (started === worker) fail('died')
    }
    started.onerror = (event: { preventDefault(): void }) => {
      event.preventDefault()
      died()
    }
    started.onmessageerror = died
    return started
  }

  /** The worker is of no more use; whatever it was doing is lost, the next job gets a new one. */
  function fail(why: Lost): void {
    drop()
    if (!running) return
    running.lose(why)
    next()
  }

  function drop(): void {
    worker?.terminate()
    worker = null
  }

  return {
    run<Result>({ request, transfer, limit, take, lost }: Job<Result>, signal?: AbortSignal): Promise<Result> {
      return new Promise((resolve, reject) => {
        signal?.throwIfAborted()
        const job: Running = {
          request,
          transfer,
          limit,
          take(answer) {
            const result = take(answer)
            if (result === undefined) return false
            finish(result)
            return true
          },
          lose: (why) => finish(lost(why)),
        }
        function finish(result: Result): void {
          signal?.removeEventListener('abort', stop)
          resolve(result)
        }
        function stop(): void {
          reject(signal?.reason)
          const place = waiting.indexOf(job)
          if (place >= 0) waiting.splice(place, 1)
          // The worker answers once the pass it is in has ended; until then it takes nothing new.
          else if (running === job) worker?.postMessage({ is: 'stop', id: request.id }, [])
        }
        signal?.addEventListener('abort', stop, { once: true })
        waiting.push(job)
        if (!running) next()
      })
    },
    close() {
      clearTimeout(timer)
      drop()
      for (const job of [...(running ? [running] : []), ...waiting.splice(0)]) job.lose('none')
      running = null
    },
  }
}
