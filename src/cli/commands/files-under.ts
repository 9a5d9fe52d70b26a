import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** A file to be read. */
interface Found {
  readonly path: string
  readonly size: number
  /** True when it was named itself, false when it lies in a folder that was. */
  readonly isNamed: boolean
  /** Why it cannot be looked at, by the system's name for it; null when it can. */
  readonly fault: string | null
}

/** The files a path stands for: itself, or in a folder everything below it in the order of names. Links in folders are not followed. */
export async function* filesUnder(path: string, isNamed = true): AsyncGenerator<Found> {
  let entries: string[] = []
  try {
    const { size, isDirectory } = await look(path)
    if (!isDirectory) {
      yield { path, size, isNamed, fault: null }
      return
    }
    entries = (await readdir(path, { withFileTypes: true }))
      .filter((entry) => (entry.isFile() || entry.isDirectory()) && !entry.name.startsWith('.'))
      .map(({ name }) => name)
  } catch (error) {
    yield { path, size: 0, isNamed, fault: (error as NodeJS.ErrnoException).code ?? 'unknown' }
    return
  }
  for (const name of entries.toSorted()) yield* filesUnder(join(path, name), false)
}

async function look(path: string): Promise<{ size: number; isDirectory: boolean }> {
  const stats = await stat(path)
  return { size: stats.size, isDirectory: stats.isDirectory() }
}
