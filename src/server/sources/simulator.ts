import { createReadStream } from 'node:fs'
import { appendFile, readFile, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { toWireInvoice, toWireTime, z } from '../../api/index.ts'
import { canonicalKey, emptyInvoice, type Elements } from '../../domain/index.ts'
import type { Clock } from '../clock.ts'
import { compare } from '../registry/compare.ts'
import { toRecord } from '../registry/csv-row.ts'
import { readRows } from '../registry/read-csv.ts'
import { toInvoice } from '../registry/record.ts'
import type { NewRecord } from '../store/record.ts'

/** An answer as it would come over the network. */
export interface Reply {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

/** How the simulated authority behaves, read anew at every call. */
const settings = z.object({
  mode: z.enum(['up', 'down', 'slow', 'html', 'wrong']),
  delayMs: z.optional(z.number().check(z.minimum(0), z.maximum(60_000))),
  /** The registry it answers from, relative to this file. */
  registry: z.optional(z.string()),
})
type Settings = z.infer<typeof settings>

const slowMs = 30_000

/**
 * Plays an authority that can fail: `up`, `down` (no connection), `slow` (no answer before 30 s), `html` (a page instead of an answer) or
 * `wrong` (JSON of another shape). Each question is a line of `calls.jsonl` beside the file before anything is answered; health probes are not.
 */
export function createSimulator(file: string, clock: Clock) {
  const ledger = join(dirname(file), 'calls.jsonl')
  const registry = createCache()

  async function behave(signal: AbortSignal, { mode, delayMs = 0 }: Settings, answer: () => Promise<unknown>): Promise<Reply> {
    if (delayMs > 0) await clock.sleep(delayMs, signal)
    switch (mode) {
      case 'down':
        throw new Error('connection refused')
      case 'slow':
        await clock.sleep(slowMs, signal)
        signal.throwIfAborted()
        return json(await answer())
      case 'html':
        return { status: 200, contentType: 'text/html', body: '<!doctype html><title>Maintenance</title>' }
      case 'wrong':
        return json({ result: 'fine' })
      case 'up':
        return json(await answer())
    }
  }

  return {
    async ask(elements: Elements, signal: AbortSignal): Promise<Reply> {
      const now = await readSettings(file)
      const { kind, code = null, number } = elements
      await appendFile(ledger, `${JSON.stringify({ at: toWireTime(clock.now()), mode: now.mode, kind, code, number })}\n`)
      return behave(signal, now, async () => {
        const records = now.registry === undefined ? new Map() : await registry(resolve(dirname(file), now.registry))
        return answerFrom(records, elements, toWireTime(clock.now()))
      })
    },
    async health(signal: AbortSignal): Promise<Reply> {
      return behave(signal, await readSettings(file), () => Promise.resolve({ state: 'ok' }))
    },
  }
}

async function readSettings(file: string): Promise<Settings> {
  return z.parse(settings, JSON.parse(await readFile(file, 'utf8')))
}

function json(body: unknown): Reply {
  return { status: 200, contentType: 'application/json', body: JSON.stringify(body) }
}

type Records = ReadonlyMap<string, NewRecord>

function answerFrom(records: Records, elements: Elements, asOf: string) {
  const key = canonicalKey({ ...emptyInvoice(elements.kind), ...elements })
  const record = key === null ? undefined : records.get(key)
  if (record === undefined) return { outcome: 'not-found', asOf }
  const invoice = toInvoice(record)
  const compared = compare(elements, invoice)
  if (compared !== 'equal') return { outcome: compared === 'different' ? 'mismatch' : 'not-found', asOf }
  const outcome = { normal: 'ok', voided: 'voided', 'red-flushed': 'red-flushed-full' } as const
  return { outcome: outcome[record.state], asOf, invoice: toWireInvoice(invoice) }
}

/** The records of a file, read again whenever the file is another one than last time. */
function createCache() {
  let last: { readonly version: string; readonly records: Records } | null = null
  return async (path: string): Promise<Records> => {
    const { ino, size, mtimeNs } = await stat(path, { bigint: true })
    const version = [path, ino, size, mtimeNs].join(' ')
    if (last?.version === version) return last.records
    const records = new Map<string, NewRecord>()
    for await (const row of readRows(createReadStream(path))) {
      if (!('cells' in row)) continue
      const record = toRecord(row.cells, 0)
      records.set(record.key, record)
    }
    last = { version, records }
    return records
  }
}
