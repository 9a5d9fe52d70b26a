import { restsOnTrust, sealVerdicts, type Problem, type Seal, type SealDigest } from '../domain/index.ts'
import type { Stored, Tables } from './database.ts'
import type { JudgedFile, KeptLists, ToJudge } from './entry.ts'
import { instant, isRow, list, oneOf, text } from './read.ts'

export function storeSeal({ seal, ...judged }: JudgedFile): Stored {
  return { ...judged, seal: { ...seal } }
}

/** Total. Null for a file that nobody has judged yet, or whose verdict cannot be read: it is judged again, nothing is lost. */
export function readSeal(row: unknown): JudgedFile | null {
  if (!isRow(row) || !isRow(row.seal)) return null
  const [file, original, lists] = [text(row.file), text(row.original), text(row.lists)]
  const verdict = oneOf(row.seal.verdict, sealVerdicts)
  if (file === null || original === null || lists === null || verdict === null) return null
  return { file, original, lists, at: instant(row.at) ?? 0, seal: { verdict, ...evidence(row.seal) } }
}

function evidence(seal: Stored): Omit<Seal, 'verdict'> {
  return {
    signer: text(seal.signer),
    issuer: text(seal.issuer),
    sealName: text(seal.sealName),
    algorithm: text(seal.algorithm),
    signedAt: instant(seal.signedAt),
    trustList: instant(seal.trustList) ?? 0,
    digests: list(seal.digests, digest),
    uncovered: texts(seal.uncovered),
    altered: texts(seal.altered),
    problems: list(seal.problems, ({ code, message }): Problem => ({ code: text(code) ?? '', message: text(message) ?? '' })),
  }
}

function digest({ name, holds }: Stored): SealDigest | null {
  return typeof name === 'string' && typeof holds === 'boolean' ? { name, holds } : null
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

/** The originals in which something is to be judged by these lists. */
export async function readToJudge({ seals, invoices }: Tables, lists: string): Promise<readonly ToJudge[]> {
  const due = new Map<string, { readonly original: string; readonly files: string[]; readonly entries: Set<string> }>()
  await seals.each((row) => {
    const judged = readSeal(row)
    if (judged !== null && (judged.lists === lists || !restsOnTrust(judged.seal.verdict))) return
    const file = String(row.file)
    const original = text(row.original) ?? file
    const one = due.get(original) ?? { original, files: [], entries: new Set() }
    one.files.push(file)
    due.set(original, one)
  })
  if (due.size === 0) return []
  await invoices.each((row) => {
    for (const original of list(row.captures, (one) => text(one.original))) due.get(original)?.entries.add(String(row.id))
  })
  return [...due.values()].map(({ entries, ...one }) => ({ ...one, entries: [...entries] }))
}

export function readLists(row: Stored = {}): KeptLists {
  return { operator: text(row.operator), imported: text(row.imported) }
}
