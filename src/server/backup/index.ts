import { systemClock } from '../real.ts'
import { backup, restore } from './backup.ts'
import type { Where } from './database.ts'

/** Writes the gateway's data to a file; see {@link backup}. */
export function backupData(where: Where, file: string, withKeys: boolean): Promise<number> {
  return backup(where, file, { withKeys, now: systemClock.now() })
}

/** Puts a backup in the place of the gateway's data; see {@link restore}. */
export function restoreData(where: Where, file: string, replace: boolean): Promise<number> {
  return restore(where, file, { replace })
}
