import type { Page } from '@playwright/test'

/** How long it takes to capture one, for the times of the planted. Milliseconds. */
const apart = 1000

/**
 * Makes a wallet of thousands out of the first few: every invoice in it is written again, past the app, under numbers and ids of its own,
 * with its answers and open questions, until there are `count` of them. The page must be loaded anew to know of it.
 */
export function plantEntries(page: Page, count: number): Promise<void> {
  return page.evaluate(
    async ({ wanted, between }) => {
      type Row = Readonly<Record<string, unknown>>
      const done = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result)
          request.onerror = () => reject(request.error)
        })
      const db = await done(indexedDB.open('piaozai-wallet'))
      const rowsOf = (name: string) => done(db.transaction(name).objectStore(name).getAll() as IDBRequest<Row[]>)
      // Nobody sends a thousand at once.
      const unsent = ({ state }: Row) => (state === 'sending' ? { state: 'queued' } : {})
      const seeds = await rowsOf('invoices')
      const others = { answers: await rowsOf('answers'), outbox: await rowsOf('outbox') }
      const hex = (n: number, digits: number) => n.toString(16).padStart(digits, '0')
      const idOf = (n: number, sort: string) => `01900000-${hex(n >>> 16, 4)}-7${sort}-8000-${hex(n, 12)}`
      for (let from = seeds.length; from < wanted; from += 500) {
        const transaction = db.transaction(['invoices', 'answers', 'outbox'], 'readwrite')
        for (let n = from; n < Math.min(wanted, from + 500); n++) {
          const seed = seeds[n % seeds.length] as Row
          const number = String((seed['invoice'] as Row)['number'])
          const fresh = number.slice(0, -6) + String(900_000 - n).padStart(6, '0')
          // The number stands in the canonical key, in questions and in answers, too.
          const copy = (row: Row): Row => JSON.parse(JSON.stringify(row).replaceAll(number, fresh)) as Row
          const at = Number(seed['at']) - n * between
          const id = idOf(n, '001')
          const captures = (seed['captures'] as Row[]).map((one) => ({ ...one, at }))
          transaction.objectStore('invoices').put({ ...copy(seed), id, at, captures })
          for (const name of ['answers', 'outbox'] as const)
            for (const row of others[name].filter(({ entryId }) => entryId === seed['id']))
              transaction.objectStore(name).put({ ...copy(row), ...unsent(row), id: idOf(n, '002'), entryId: id })
        }
        await new Promise((resolve, reject) => {
          transaction.oncomplete = resolve
          transaction.onerror = () => reject(transaction.error)
        })
      }
      db.close()
    },
    { wanted: count, between: apart },
  )
}
