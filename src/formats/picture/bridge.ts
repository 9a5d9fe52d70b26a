import { answerOf, type CameraFrame, type PictureRequest } from './messages.ts'
import type { Seen } from './seen.ts'

/** What the bridge uses of a `Worker`. */
export interface PictureWorker {
  postMessage(message: PictureRequest, transfer: object[]): void
  onmessage: Handler<{ readonly data: unknown }> | null
  onerror: Handler<{ preventDefault(): void }> | null
  onmessageerror: Handler<object> | null
  terminate(): void
}

/** A method's parameters may be narrower (bivariance), so that a real `Worker` is a `PictureWorker`. */
type Handler<Event> = { handle(event: Event): unknown }['handle']

/** Finds QR codes in camera frames and pictures, apart from the page. It starts with the first picture and looks at one at a time. */
export interface PictureReader {
  /** A camera frame, quickly: another one follows. The frame is given away. */
  frame(frame: CameraFrame, signal?: AbortSignal): Promise<Seen>
  /** A photo or screenshot, with patience, for several codes. Refuses more than 40 megapixels unopened. */
  picture(file: Blob, signal?: AbortSignal): Promise<Seen>
  /** Lets the worker go; what is waiting or under way ends as `no-reader`. The next picture starts a new one. */
  close(): void
}

/** Milliseconds. */
export interface PictureReaderTimes {
  /** Without a job for so long the worker ends. */
  readonly idle?: number
  /** A frame that takes longer has hung the worker (its first job also loads the engine). */
  readonly frame?: number
  readonly picture?: number
}

interface Job {
  readonly request: PictureRequest
  readonly transfer: object[]
  readonly limit: number
  readonly done: (seen: Seen) => void
}

const noReader: Seen = { ok: false, fault: 'no-reader' }

/**
 * The page's side of the picture worker: started with the first job, one job at a time, replaced after a crash or a job that hangs,
 * ended when idle.
 * @param startWorker makes the module worker of `picture.worker.ts`; the app's own, because it passes through Trusted Types.
 * @returns a reader whose calls never reject but with the reason of their own `signal`.
 */
export function createPictureReader(startWorker: () => PictureWorker, times: PictureReaderTimes = {}): PictureReader {
  const { idle = 30_000, frame: frameLimit = 10_000, picture: pictureLimit = 20_000 } = times
  const waiting: Job[] = []
  let running: Job | null = null
  let worker: PictureWorker | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastId = 0

  function next(): void {
    clearTimeout(timer)
    running = waiting.shift() ?? null
    if (!running) {
      timer = setTimeout(drop, idle)
      return
    }
    timer = setTimeout(() => fail(running?.request.is === 'picture' ? { ok: false, fault: 'unreadable' } : noReader), running.limit)
    try {
      worker ??= start()
      worker.postMessage(running.request, running.transfer)
    } catch {
      fail(noReader)
    }
  }

  function start(): PictureWorker {
    const started = startWorker()
    started.onmessage = ({ data }: { readonly data: unknown }) => {
      const answer = answerOf(data)
      if (started === worker && answer && answer.id === running?.request.id) settle(answer.seen)
    }
    const died = () => {
      if (started === worker) fail(noReader)
    }
    started.onerror = (event: { preventDefault(): void }) => {
      event.preventDefault()
      died()
    }
    started.onmessageerror = died
    return started
  }

  function settle(seen: Seen): void {
    running?.done(seen)
    next()
  }

  /** The worker is of no more use; whatever it was doing ends with `seen`, the next job gets a new one. */
  function fail(seen: Seen): void {
    drop()
    if (running) settle(seen)
  }

  function drop(): void {
    worker?.terminate()
    worker = null
  }

  function run(request: PictureRequest, transfer: object[], limit: number, signal: AbortSignal | undefined): Promise<Seen> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted()
      const job: Job = { request, transfer, limit, done: finish }
      function finish(seen: Seen): void {
        signal?.removeEventListener('abort', stop)
        resolve(seen)
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
  }

  return {
    frame: (frame, signal) => run({ is: 'frame', id: ++lastId, frame }, [frame], frameLimit, signal),
    async picture(file, signal) {
      const bytes = await file.arrayBuffer().catch(() => null)
      if (!bytes) return { ok: false, fault: 'unreadable' }
      return run({ is: 'picture', id: ++lastId, bytes, type: file.type }, [bytes], pictureLimit, signal)
    },
    close() {
      clearTimeout(timer)
      drop()
      for (const job of [...(running ? [running] : []), ...waiting.splice(0)]) job.done(noReader)
      running = null
    },
  }
}
