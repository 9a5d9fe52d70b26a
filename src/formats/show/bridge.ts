import type { Shown, Wanted } from './shown.ts'

/** What came of showing: `late`: it hung the worker, which was stopped · `no-reader`: none could be started, which says nothing of the file. */
export type Opened = Shown | { readonly is: 'late' | 'no-reader' }

/** What the worker is asked, once in its life. */
export interface ShowRequest {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly wanted: Wanted | null
}

/** What the page's side uses of a `Worker`. */
export interface ShowWorker {
  postMessage(message: ShowRequest, transfer: ArrayBuffer[]): void
  onmessage: Handler<{ readonly data: unknown }> | null
  onerror: Handler<{ preventDefault(): void }> | null
  terminate(): void
}

/** A method's parameters may be narrower (bivariance), so that a real `Worker` is a `ShowWorker`. */
type Handler<Event> = { handle(event: Event): unknown }['handle']

/** Prepares an original to be shown, apart from the page. The bytes are given away. */
export type ShowOriginal = (bytes: ArrayBuffer, wanted: Wanted | null, signal: AbortSignal) => Promise<Opened>

/**
 * The page's side of `show.worker.ts`. Every original gets a worker of its own: what is hostile meets nothing else in it, and its memory is
 * given back at once.
 * @param startWorker makes the module worker; the app's own, because it passes through Trusted Types.
 * @param limit milliseconds after which a worker hangs; it stops by itself before.
 */
export function createShowOriginal(startWorker: () => ShowWorker, limit = 20_000): ShowOriginal {
  return (bytes, wanted, signal) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted()
      let worker: ShowWorker
      try {
        worker = startWorker()
      } catch {
        resolve({ is: 'no-reader' })
        return
      }
      const timer = setTimeout(() => end({ is: 'late' }), limit)
      const stop = () => {
        close()
        reject(signal.reason)
      }
      function close(): void {
        clearTimeout(timer)
        signal.removeEventListener('abort', stop)
        worker.terminate()
      }
      function end(opened: Opened): void {
        close()
        resolve(opened)
      }
      worker.onmessage = ({ data }) => end(isShown(data) ? data : { is: 'no-reader' })
      worker.onerror = (event) => {
        event.preventDefault()
        end({ is: 'no-reader' })
      }
      signal.addEventListener('abort', stop, { once: true })
      worker.postMessage({ bytes: new Uint8Array(bytes), wanted }, [bytes])
    })
}

function isShown(data: unknown): data is Shown {
  return typeof data === 'object' && data !== null && 'is' in data && typeof data.is === 'string'
}
