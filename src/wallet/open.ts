import type { WalletDatabase } from './database.ts'
import type { Entry, Original } from './entry.ts'
import type { Environment } from './environment.ts'
import { createHandle } from './handle.ts'
import { readOriginal, sha256 } from './original.ts'
import { purgeRemoved } from './remove.ts'
import { readSettings, writeSettings } from './settings.ts'
import { txOn, type WalletTx } from './tx.ts'
import { countsOf, readDetail, readList, readOutbox } from './view.ts'
import type { Wallet } from './wallet.ts'
import { watchReads } from './watch.ts'

/** Opens the wallet (creating or upgrading it). @throws WalletError `blocked` or `newer` within two seconds, `unavailable` or `full`. */
export async function openWallet(environment: Environment, name = 'piaozai-wallet'): Promise<Wallet> {
  const { clock, random, digest } = environment
  const handle = createHandle(environment, name)

  const reading = <T>(read: (db: WalletDatabase) => Promise<T>) =>
    handle.run((db) => db.transaction('r', db.tables, () => read(db)) as Promise<T>)
  const writing = <T>(write: (db: WalletDatabase) => Promise<T>) =>
    handle.run((db) => db.transaction('rw', db.tables, () => write(db)) as Promise<T>)
  const write = <T>(work: (tx: WalletTx) => Promise<T>) => writing((db) => work(txOn(db)))

  async function edit(id: string, change: (entry: Entry) => Entry): Promise<void> {
    await write(async (tx) => {
      const entry = await tx.entry(id)
      if (entry) await tx.putEntry(change(entry))
    })
  }

  const wallet: Wallet = {
    state: handle.state,
    watch: (read) => watchReads(handle, clock, name, read),

    list: () => reading(readList),
    entry: (id) => reading((db) => readDetail(db, id)),
    counts: async () => countsOf(await wallet.list()),
    outbox: () => reading(readOutbox),
    queries: () =>
      reading(async (db) => {
        const tx = txOn(db)
        return { queries: await tx.queries(), drain: await tx.drainState() }
      }),
    original: (hash) => reading((db) => readOriginal(db, hash)),
    settings: () => handle.run((db) => readSettings(db, random)),

    change: (settings) => writing((db) => writeSettings(db, settings)),
    note: (id, note) => edit(id, (entry) => ({ ...entry, note })),
    remove: (id) => edit(id, (entry) => ({ ...entry, removedAt: clock.now() })),
    restore: (id) => edit(id, (entry) => ({ ...entry, removedAt: null })),
    purge: () => writing((db) => purgeRemoved(db, clock.now())),
    async erase() {
      await handle.destroy()
      await wallet.settings()
    },

    write,
    fingerprint: (bytes) => sha256(bytes, digest),
    async verifyOriginal(original: Original) {
      for (const attempt of ['as written', 'written again']) {
        const kept = await wallet.original(original.sha256)
        if (kept !== null && (await sha256(kept.bytes, digest)) === original.sha256) return true
        if (attempt === 'as written') await write((tx) => tx.putOriginal(original))
      }
      return false
    },
    async persist() {
      const asked = await handle.run((db) => db.settings.get('persist'))
      if (asked?.value === true) return
      const value = await environment.persist().catch(() => false)
      await handle.run((db) => db.settings.put({ key: 'persist', value }))
    },
    close: () => handle.close(),
  }

  // The first read opens the database, and makes the device id on the first start.
  await wallet.settings()
  return wallet
}
