import { canonicalKey, fields, origins, sealVerdicts, type CheckName, type Conflict, type Invoice, type OwnNote } from '../domain/index.ts'
import type { Stored } from './database.ts'
import { ways, type Capture, type CaptureSeal, type Damaged, type Entry } from './entry.ts'
import { instant, isRow, list, needInstant, needText, oneOf, provenance, text, total } from './read.ts'
import { readInvoice, storeInvoice } from './stored-invoice.ts'

/** The value by which an entry that may be the same invoice is found. */
export function lookupOf(invoice: Invoice): string {
  return canonicalKey(invoice) ?? `~${invoice.number ?? ''}`
}

export function storeEntry(entry: Entry): Stored {
  const { id, provenance, conflicts, checks, problems, captures, note, removedAt } = entry
  return {
    id,
    lookup: lookupOf(entry.invoice),
    at: entry.captures[0]?.at ?? 0,
    invoice: storeInvoice(entry.invoice),
    from: provenance,
    conflicts,
    checks,
    problems,
    captures,
    note,
    removedAt,
  }
}

/** Total: what cannot be read comes out as damaged. */
export function readEntry(value: unknown): Entry | Damaged {
  return total('invoices', value, (row) => ({
    id: needText(row.id, 'id'),
    invoice: readInvoice(row.invoice),
    provenance: provenance(row.from),
    conflicts: list(row.conflicts, conflict),
    checks: list(row.checks, ({ name, ok }) => ({ name: (text(name) ?? '') as CheckName, ok: typeof ok === 'boolean' ? ok : null })),
    problems: list(row.problems, ({ code, message }) => ({ code: text(code) ?? '', message: text(message) ?? '' })),
    captures: captures(row),
    note: note(row.note),
    removedAt: instant(row.removedAt),
  }))
}

/** Never empty: an entry whose captures were lost was captured when its row was made. */
function captures(row: Stored): Capture[] {
  const readable = list(row.captures, (one): Capture | null => {
    const at = instant(one.at)
    const way = oneOf(one.way, ways)
    const seal = captureSeal(one.seal)
    return at === null || way === null ? null : { at, way, original: text(one.original), ...(seal && { seal }) }
  })
  return readable.length > 0 ? readable : [{ at: needInstant(row.at, 'at'), way: 'typed', original: null }]
}

/** A verdict that cannot be read is none; the evidence kept apart brings it back when the file is judged again. */
function captureSeal(value: unknown): CaptureSeal | null {
  if (!isRow(value)) return null
  const file = text(value.file)
  const verdict = oneOf(value.verdict, sealVerdicts)
  return file === null || verdict === null ? null : { file, verdict, parts: Math.max(0, instant(value.parts) ?? 0) }
}

function conflict(row: Stored): Conflict | null {
  const field = oneOf(row.field, fields)
  const keptFrom = oneOf(row.keptFrom, origins)
  const otherFrom = oneOf(row.otherFrom, origins)
  const kept = text(row.kept)
  const other = text(row.other)
  if (field === null || keptFrom === null || otherFrom === null || kept === null || other === null) return null
  return { field, kept, keptFrom, other, otherFrom }
}

function note(value: unknown): OwnNote | null {
  if (!isRow(value)) return null
  const saw = oneOf(value.saw, ['match', 'mismatch', 'nothing', 'other'])
  return saw === null ? null : { saw, text: text(value.text) ?? '', at: instant(value.at) ?? 0 }
}
