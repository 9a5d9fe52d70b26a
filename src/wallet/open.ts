import { inTransaction, type Tables } from './database.ts'
import { discardDamaged, putBack } from './discard.ts'
import type { Entry, Original } from './entry.ts'
import type { Environment } from './environment.ts'
import { createHandle } from './handle.ts'
import { createMirror } from './mirror.ts'
import { readOriginal, sha256 } from './original.ts'
import { purgeRemoved, removeFile } from './remove.ts'
import { readSettings, writeSettings } from './settings.ts'
import { readToJudge } from './stored-seal.ts'
import { txOn, type WalletTx } from './tx.ts'
import { readDetail } from './view.ts'
import type { Wallet } from './wallet.ts'
import { watchReads } from './watch.ts'

const askAgainAfter = 30 * 86_400_000

/** Opens the wallet (creating or upgrading it). @throws WalletError `blocked` or `newer` within two seconds, `unavailable` or `full`. */
export async function openWallet(environment: Environment, name = 'piaozai-wallet'): Promise<Wallet> {
  const { clock, digest } = environment
  const handle = createHandle(environment, name)

  const reading = <T>(read: (db: Tables) => Promise<T>) => handle.run((db) => inTransaction(db, 'r', read), { writes: false })
  const writing = <T>(write: (db: Tables) => Promise<T>) => handle.run((db) => inTransaction(db, 'rw', write), { writes: true })
  const open = () => handle.run(async () => {}, { writes: false })
  const mirror = createMirror(handle, name)
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

    list: mirror.list,
    entry: (id) => reading((db) => readDetail(db, id)),
    counts: mirror.counts,
    outbox: mirror.outbox,
    queries: mirror.queries,
    drainState: () => reading((db) => txOn(db).drainState()),
    original: (hash) => reading((db) => readOriginal(db, hash)),
    files: mirror.files,
    settings: () => reading(readSettings),
    lists: () => reading((db) => txOn(db).lists()),
    toJudge: (lists) => reading((db) => readToJudge(db, lists)),

    change: (settings) => writing((db) => writeSettings(db, settings)),
    note: (id, note) => edit(id, (entry) => ({ ...entry, note })),
    remove: (id) => edit(id, (entry) => ({ ...entry, removedAt: clock.now() })),
    restore: (id) => edit(id, (entry) => ({ ...entry, removedAt: null })),
    purge: () => writing((db) => purgeRemoved(db, clock.now())),
    removeFile: (hash) => writing((db) => removeFile(db, hash)),
    async discard(table, id) {
      const discarded = await writing((db) => discardDamaged(db, table, id))
      return discarded.length === 0 ? null : () => writing((db) => putBack(db, discarded))
    },
    async erase() {
      await handle.destroy()
      await open()
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
    heard: mirror.heard,
    async persist() {
      const asked = await reading((db) => db.settings.get('persist'))
      // Some browsers prompt: not again soon.
      if (asked?.value === true || Math.abs(clock.now() - Number(asked?.at ?? -Infinity)) < askAgainAfter) return
      const value = await environment.persist().catch(() => false)
      await writing((db) => db.settings.put({ key: 'persist', value, at: clock.now() }))
    },
    close() {
      mirror.end()
      handle.close()
    },
  }

  await open()
  return wallet
}
