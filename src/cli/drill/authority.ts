import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { header, type DrillInvoice } from './invoices.ts'

/** The simulated authority of a rehearsal, in a folder of its own. */
export function createAuthority(folder: string, invoices: readonly DrillInvoice[]) {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'authority.json')
  const ledger = join(folder, 'calls.jsonl')
  writeFileSync(join(folder, 'registry.csv'), `${[header, ...invoices.map(({ row }) => row)].join('\n')}\n`)
  return {
    file,
    /** The gateway reads it at every call: the file is replaced, never half written. */
    be(mode: 'up' | 'down'): void {
      writeFileSync(`${file}.new`, JSON.stringify({ mode, registry: 'registry.csv' }))
      renameSync(`${file}.new`, file)
    },
    /** Every question it received so far; the one that is being written is not among them. */
    calls(): { readonly mode: string; readonly number: string }[] {
      if (!existsSync(ledger)) return []
      const lines = readFileSync(ledger, 'utf8').split('\n').slice(0, -1)
      return lines.map((line) => JSON.parse(line) as { mode: string; number: string })
    },
  }
}
export type DrillAuthority = ReturnType<typeof createAuthority>
