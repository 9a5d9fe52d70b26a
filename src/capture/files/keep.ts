import type { Original, UnreadFile } from '../../wallet/index.ts'
import { isFull, type CaptureDeps } from '../capture.ts'

/** A file that is on disk when you read this, and will be read whatever happens now. */
export interface KeptFile {
  readonly sha256: string
  /** These very bytes were in the wallet before. They are read again: a merge does no harm, and the reader may have learned. */
  readonly again: boolean
}

/** A file as it came, with its fingerprint if somebody took that already. */
export type GivenFile = Omit<Original, 'sha256'> & Partial<Pick<Original, 'sha256'>>

/** What is kept together at most: a commit costs the same for one as for many, but what is under way lies in memory twice. */
export const keepTogether = { files: 32, bytes: 8_000_000 } as const

/**
 * Keeps files before anybody looks into them, all in one transaction. Reading comes later (`readWaiting`), here, in another tab or after
 * the next start.
 * @returns what became of each, in their order.
 * @throws WalletError, `full` after making room did not help, and then none of them was kept.
 */
export async function keepFiles(deps: CaptureDeps, files: readonly GivenFile[]): Promise<readonly KeptFile[]> {
  const { wallet, clock, makeRoom } = deps
  const originals = await Promise.all(
    files.map(async (file) => ({ ...file, sha256: file.sha256 ?? (await wallet.fingerprint(file.bytes)) })),
  )
  const at = clock.now()
  try {
    return await put(deps, originals, at)
  } catch (error) {
    if (!isFull(error) || makeRoom === undefined) throw error
    await makeRoom().catch(() => undefined)
    return await put(deps, originals, at)
  }
}

/** {@link keepFiles} for one. @throws WalletError, and then it was not kept. */
export async function keepFile(deps: CaptureDeps, file: GivenFile): Promise<KeptFile> {
  const [kept] = await keepFiles(deps, [file])
  return kept as KeptFile
}

async function put({ wallet }: CaptureDeps, originals: readonly Original[], at: number): Promise<readonly KeptFile[]> {
  const again = await wallet.write(async (tx) => {
    const found: boolean[] = []
    for (const [index, { sha256, name, type, bytes }] of originals.entries()) {
      // A millisecond apart, so that they are read in the order they came.
      const keptAt = at + index
      const known = await tx.hasOriginal(sha256)
      // The same call may run twice when the connection was lost at the commit; then the file is our own.
      const own = (await tx.file(sha256))?.at === keptAt
      if (!known) await tx.putOriginal({ sha256, name, type, bytes })
      const row: UnreadFile = { sha256, name, type, size: bytes.byteLength, at: keptAt, state: { is: 'waiting', tries: 0 } }
      await tx.putFile(row)
      found.push(known && !own)
    }
    return found
  })
  // Some browsers lose bytes they said they had.
  await Promise.all(originals.map((original) => wallet.verifyOriginal(original)))
  return originals.map(({ sha256 }, index) => ({ sha256, again: again[index] ?? false }))
}
