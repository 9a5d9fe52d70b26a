import type { Original, UnreadFile } from '../../wallet/index.ts'
import { isFull, type CaptureDeps } from '../capture.ts'

/** A file that is on disk when you read this, and will be read whatever happens now. */
export interface KeptFile {
  readonly sha256: string
  /** These very bytes were in the wallet before. They are read again: a merge does no harm, and the reader may have learned. */
  readonly again: boolean
}

/**
 * Keeps a file before anybody looks into it. Reading comes later (`readWaiting`), here, in another tab or after the next start.
 * @throws WalletError, `full` after making room did not help, and then nothing was kept.
 */
export async function keepFile(deps: CaptureDeps, file: Omit<Original, 'sha256'>): Promise<KeptFile> {
  const { wallet, clock, makeRoom } = deps
  const original: Original = { ...file, sha256: await wallet.fingerprint(file.bytes) }
  const at = clock.now()
  try {
    return await put(deps, original, at)
  } catch (error) {
    if (!isFull(error) || makeRoom === undefined) throw error
    await makeRoom().catch(() => undefined)
    return await put(deps, original, at)
  }
}

async function put({ wallet }: CaptureDeps, original: Original, at: number): Promise<KeptFile> {
  const { sha256, name, type, bytes } = original
  const again = await wallet.write(async (tx) => {
    const known = await tx.hasOriginal(sha256)
    // The same call may run twice when the connection was lost at the commit; then the file is our own.
    const own = (await tx.file(sha256))?.at === at
    if (!known) await tx.putOriginal(original)
    const row: UnreadFile = { sha256, name, type, size: bytes.byteLength, at, state: { is: 'waiting', tries: 0 } }
    await tx.putFile(row)
    return known && !own
  })
  // Some browsers lose bytes they said they had.
  await wallet.verifyOriginal(original)
  return { sha256, again }
}
