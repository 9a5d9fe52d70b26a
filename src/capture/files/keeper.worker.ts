/** The worker that has the bytes of files in hand, so that the page has not. Nothing in it looks into them. */
import { environment, openWallet, WalletError, type Original } from '../../wallet/index.ts'
import { keeperHere, notKept, type FileKeeper } from './keeper.ts'
import type { KeeperAnswer, KeeperRequest } from './keeper-bridge.ts'

let opening: Promise<FileKeeper> | null = null

/** The wallet is opened with the first file; when that fails, again with the next. */
function keeper(): Promise<FileKeeper> {
  const platform = environment()
  opening ??= openWallet(platform).then((wallet) => keeperHere({ ...platform, wallet }))
  opening.catch(() => (opening = null))
  return opening
}

self.addEventListener('message', ({ data }: MessageEvent<KeeperRequest>) => {
  const { id } = data
  valueFor(data).then(
    (value) => answer({ id, value }, bytesOf(value)),
    // What is no fault of the wallet is one of ours, and ends the worker for the page.
    (error: unknown) => (error instanceof WalletError ? answer({ id, fault: error.fault }) : crash(error)),
  )
})

async function valueFor(request: KeeperRequest) {
  switch (request.is) {
    case 'open':
      return (await keeper()).open(request.file)
    case 'keep':
      return keeper().then((mine) => mine.keep(request.files), notKept(request.files))
    case 'original':
      return (await keeper()).original(request.sha256)
  }
}

/** The bytes in a value: they are handed over, not copied. */
function bytesOf(value: Awaited<ReturnType<typeof valueFor>>): ArrayBuffer[] {
  if (value === null) return []
  if ('bytes' in value) return [value.bytes]
  return value.is === 'not' ? value.files.map(({ bytes }: Original) => bytes) : []
}

function answer(message: KeeperAnswer, transfer: ArrayBuffer[] = []): void {
  self.postMessage(message, transfer)
}

/** A rejection alone would not reach the page. */
function crash(error: unknown): void {
  setTimeout(() => {
    throw error
  })
}
