import { existsSync } from 'node:fs'
import { writeKeys, type KeyList } from '../../authenticity/index.ts'
import type { Instant } from '../../domain/index.ts'
import { databaseFile, openStore, refuseOtherKeys } from '../store/open.ts'
import type { Config } from '../config.ts'
import { keysFrom, secretOf } from '../keys.ts'
import { systemClock } from '../real.ts'
import type { Store } from '../store/store.ts'
import { addGeneration, readGenerations, type Generation } from './generations.ts'
import { ownKeys, ownList } from './own-keys.ts'
import { readSignedList } from './signed-list.ts'

type Where = Pick<Config, 'data' | 'databaseUrl' | 'secret'>

/** The list of this gateway's receipt keys as its operator may sign it, also while the gateway runs. */
export function receiptKeyList(where: Where): Promise<string> {
  return onKeys(where, (store) => readGenerations(store, systemClock.now()))
}

/** The list that devices get of the gateway whose data are here; null when none has been here. */
export async function knownKeyList(config: Config): Promise<string | null> {
  if (config.receiptKeyList !== null) return (await readSignedList(config.receiptKeyList)).text
  return config.databaseUrl !== null || existsSync(databaseFile(config)) ? receiptKeyList(config) : null
}

/**
 * Lets another key follow, and gives the list with it. Whoever fetches the list before it begins can check its receipts from the first one on.
 * @param inHours when it begins; running gateways need a minute to learn of it.
 * @throws when another one is to follow already.
 */
export function addReceiptKey(where: Where, inHours: number): Promise<string> {
  return onKeys(where, async (store) => {
    const now = systemClock.now()
    refuseUnbegun(await readGenerations(store, now), now)
    return addGeneration(store, now, now + inHours * 3_600_000)
  })
}

function refuseUnbegun(generations: readonly Generation[], now: Instant): void {
  const next = generations.at(-1)
  if (next && next.from > now) throw new Error(`Another key begins at ${new Date(next.from).toISOString()}: let it begin first.`)
}

async function onKeys(where: Where, decide: (store: Store) => Promise<Generation[]>): Promise<string> {
  const store = await openStore(where)
  try {
    const keys = keysFrom(where.secret ?? secretOf(where.data))
    await refuseOtherKeys(store, keys)
    const generations = await decide(store)
    const list: KeyList = ownList(await ownKeys(keys, generations), generations)
    return writeKeys(list)
  } finally {
    await store.close()
  }
}
