import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { registryHeader, type MadeInvoice } from './invoices.ts'

type Mode = 'up' | 'down' | 'slow' | 'html' | 'wrong'

/** The simulated authority that gateways are pointed at: what it does now, what it knows, what it was asked. */
export function createAuthority(folder: string) {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'authority.json')
  const ledger = join(folder, 'calls.jsonl')
  const replace = (path: string, text: string) => {
    writeFileSync(`${path}.new`, text)
    renameSync(`${path}.new`, path)
  }
  const be = (mode: Mode, delayMs = 0) => replace(file, JSON.stringify({ mode, delayMs, registry: 'registry.csv' }))
  const know = (invoices: readonly MadeInvoice[]) =>
    replace(join(folder, 'registry.csv'), `${[registryHeader, ...invoices.map(({ row }) => row)].join('\n')}\n`)
  know([])
  be('up')
  return {
    file,
    be,
    know,
    /** The numbers it was asked about, in order; one that was asked twice is there twice. */
    asked(): string[] {
      if (!existsSync(ledger)) return []
      const lines = readFileSync(ledger, 'utf8').trim().split('\n')
      return lines.filter((line) => line !== '').map((line) => (JSON.parse(line) as { number: string }).number)
    },
  }
}
export type Authority = ReturnType<typeof createAuthority>
