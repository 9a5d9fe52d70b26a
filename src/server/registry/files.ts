import { createReadStream } from 'node:fs'
import { openStore } from '../store/open.ts'
import type { Config } from '../config.ts'
import { systemClock } from '../real.ts'
import { exportRecords } from './export.ts'
import { importRecords, type ImportReport } from './import.ts'

/**
 * Loads one registry file (CSV) into the gateway's data, also while the gateway runs.
 * @throws {FileError} when the file is no registry file, or a system error when it cannot be read.
 */
export async function importRegistry(
  config: Pick<Config, 'data' | 'databaseUrl'>,
  path: string,
  onProgress: (rows: number) => void = () => undefined,
): Promise<ImportReport> {
  const store = await openStore(config)
  try {
    return await importRecords(store, createReadStream(path), { now: systemClock.now(), onProgress })
  } finally {
    await store.close()
  }
}

/** The whole registry as CSV text, piece by piece. */
export async function* exportRegistry(config: Pick<Config, 'data' | 'databaseUrl'>): AsyncGenerator<string> {
  const store = await openStore(config)
  try {
    yield* exportRecords(store)
  } finally {
    await store.close()
  }
}
