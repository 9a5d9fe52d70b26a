import { WalletError, type Original, type WalletFault } from '../../wallet/index.ts'
import type { CaptureDeps } from '../capture.ts'
import { keepFiles, type KeptFile } from './keep.ts'

/**
 * Whoever has the bytes of files in hand. To write 8 MB takes a browser three copies of them in one piece and 0.1 s in which nothing else
 * happens: the page leaves that to a worker, and only passes the bytes on.
 */
export interface FileKeeper {
  /** The bytes of a file that was chosen, and their fingerprint; null when it cannot be read. */
  open(file: Blob): Promise<Pick<Original, 'bytes' | 'sha256'> | null>
  /** Keeps files in one commit. The bytes are given away. */
  keep(files: readonly Original[]): Promise<Keeping>
  /** The bytes of a kept file. @throws WalletError */
  original(sha256: string): Promise<Original | null>
}

/** What came of keeping a few files together. Those that were not kept come back; of a worker that died nothing does. */
export type Keeping =
  | { readonly is: 'kept'; readonly files: readonly KeptFile[] }
  | { readonly is: 'not'; readonly fault: WalletFault | null; readonly files: readonly Original[] }

/** A file that is not kept, and why. */
export interface NotKept {
  readonly sha256: string
  readonly fault: WalletFault | null
}

/** Does it here: in the worker, and where none can be started. */
export function keeperHere({ wallet, clock, random }: CaptureDeps): FileKeeper {
  return {
    async open(file) {
      const bytes = await file.arrayBuffer().catch(() => null)
      return bytes === null ? null : { bytes, sha256: await wallet.fingerprint(bytes) }
    },
    // Nobody can make room here: whoever asked does, and asks again.
    keep: (files) => keepFiles({ wallet, clock, random }, files).then((kept) => ({ is: 'kept', files: kept }), notKept(files)),
    original: (sha256) => wallet.original(sha256),
  }
}

/** Says that files were not kept, and gives them back. */
export function notKept(files: readonly Original[]): (error: unknown) => Keeping {
  return (error) => ({ is: 'not', fault: error instanceof WalletError ? error.fault : null, files })
}

/** Keeps files in one commit or, when that fails, each by itself: one of them may be what there is no room for. Their bytes are given away. */
export async function keepEach(
  { makeRoom }: Pick<CaptureDeps, 'makeRoom'>,
  keeper: FileKeeper,
  files: readonly Original[],
): Promise<readonly (KeptFile | NotKept)[]> {
  const inWhatRoomThereIs = async (some: readonly Original[]): Promise<Keeping> => {
    const first = await keeper.keep(some)
    if (first.is === 'kept' || first.fault !== 'full' || makeRoom === undefined) return first
    await makeRoom().catch(() => undefined)
    return keeper.keep(first.files)
  }
  const hashes = files.map(({ sha256 }) => sha256)
  const together = await inWhatRoomThereIs(files)
  if (together.is === 'kept') return together.files
  const results: (KeptFile | NotKept)[] = []
  for (const sha256 of hashes) {
    const back = together.files.find((one) => one.sha256 === sha256)
    const alone: Keeping = back && hashes.length > 1 ? await inWhatRoomThereIs([back]) : together
    results.push((alone.is === 'kept' && alone.files[0]) || { sha256, fault: alone.is === 'not' ? alone.fault : null })
  }
  return results
}
