import type { Clock } from '../../domain/index.ts'
import { WalletError, type Original, type WalletFault } from '../../wallet/index.ts'
import type { FileKeeper, Keeping } from './keeper.ts'

/** What the worker is asked. */
export type KeeperRequest =
  | { readonly is: 'open'; readonly id: number; readonly file: Blob }
  | { readonly is: 'keep'; readonly id: number; readonly files: readonly Original[] }
  | { readonly is: 'original'; readonly id: number; readonly sha256: string }

/** Its word on a request: what {@link FileKeeper} gives, or the fault of the wallet. */
export type KeeperAnswer = { readonly id: number; readonly value: unknown } | { readonly id: number; readonly fault: WalletFault }

/** What the page's side uses of a `Worker`. */
export interface KeeperWorker {
  postMessage(message: KeeperRequest, transfer: ArrayBuffer[]): void
  onmessage: Handler<{ readonly data: unknown }> | null
  onerror: Handler<{ preventDefault(): void }> | null
  terminate(): void
}

/** A method's parameters may be narrower (bivariance), so that a real `Worker` is a `KeeperWorker`. */
type Handler<Event> = { handle(event: Event): unknown }['handle']

/** What the page's side needs beside the worker. */
export interface KeeperSide {
  readonly clock: Clock
  /** Does what the worker cannot be asked for, since none can be started. */
  readonly here: FileKeeper
  /** Is told of what was kept: the worker's word may be here before the browser's. */
  readonly heard: (files: readonly string[]) => void
}

/** Milliseconds without a request after which the worker ends. */
const idle = 30_000

/**
 * The page's side of `keeper.worker.ts`, which starts with the first request. Nothing in it runs what a file says, so it is not watched for
 * hanging as the reading worker is.
 * @param startWorker makes the module worker; the app's own, because it passes through Trusted Types.
 */
export function createFileKeeper(startWorker: () => KeeperWorker, { clock, here, heard }: KeeperSide): FileKeeper {
  const asked = new Map<number, (answer: KeeperAnswer | null) => void>()
  let worker: KeeperWorker | null = null
  let lastId = 0
  let stopIdle = () => {}

  /** Null when the worker is lost. */
  function ask(requestOf: (id: number) => KeeperRequest, transfer: ArrayBuffer[] = []): Promise<KeeperAnswer | null> {
    stopIdle()
    return new Promise((resolve) => {
      const id = ++lastId
      asked.set(id, resolve)
      try {
        worker ??= start()
        worker.postMessage(requestOf(id), transfer)
      } catch {
        drop()
      }
    })
  }

  function start(): KeeperWorker {
    const started = startWorker()
    started.onmessage = ({ data }: { readonly data: unknown }) => {
      const answer = data as KeeperAnswer
      asked.get(answer.id)?.(answer)
      asked.delete(answer.id)
      if (asked.size === 0) stopIdle = clock.after(idle, drop)
    }
    started.onerror = (event: { preventDefault(): void }) => {
      event.preventDefault()
      if (started === worker) drop()
    }
    return started
  }

  function drop(): void {
    worker?.terminate()
    worker = null
    for (const lose of asked.values()) lose(null)
    asked.clear()
  }

  return {
    async open(file) {
      const answer = await ask((id) => ({ is: 'open', id, file }))
      return answer === null ? here.open(file) : valueOf(answer)
    },
    async keep(files) {
      const answer = await ask(
        (id) => ({ is: 'keep', id, files }),
        files.map(({ bytes }) => bytes),
      )
      const keeping: Keeping = answer === null ? { is: 'not', fault: null, files: [] } : valueOf(answer)
      if (keeping.is === 'kept') heard(keeping.files.map(({ sha256 }) => sha256))
      return keeping
    },
    async original(sha256) {
      const answer = await ask((id) => ({ is: 'original', id, sha256 }))
      return answer === null ? here.original(sha256) : valueOf(answer)
    },
  }
}

/** The worker is of this very build: what it says has the form it was asked for. @throws WalletError */
function valueOf<T>(answer: KeeperAnswer): T {
  if ('fault' in answer) throw new WalletError(answer.fault)
  return answer.value as T
}
