import type { Dexie } from 'dexie'
import { v1 } from './v1.ts'
import { v2 } from './v2.ts'
import { v3 } from './v3.ts'

/**
 * Every layout the wallet ever had, oldest first. Append only: a released version is never edited, a new one says only what changes
 * (`db.version(n).stores({…}).upgrade(…)`), and its frozen dump joins tests/fixtures/frozen.
 */
export const versions: readonly ((db: Dexie) => void)[] = [v1, v2, v3]
