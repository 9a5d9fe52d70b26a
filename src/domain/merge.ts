import { origins, type Field, type Invoice, type Origin, type Party } from './invoice.ts'
import type { Kind } from './kind.ts'
import { sameLines, sameText } from './same.ts'

/** Two readings of the same field that do not agree. Both are kept; the more trustworthy one is shown. */
export interface Conflict<From = Origin> {
  readonly field: Field
  readonly kept: string
  readonly keptFrom: From
  readonly other: string
  readonly otherFrom: From
}

/** An invoice with where each field came from and what did not agree. */
export interface Merged<From = Origin> extends Reading<From> {
  readonly conflicts: readonly Conflict<From>[]
}

/** An invoice with where each of its fields came from. */
export interface Reading<From = Origin> {
  readonly invoice: Invoice
  readonly provenance: Partial<Readonly<Record<Field, From>>>
}

/** A reading that may already have been merged. */
type Known<From> = Reading<From> & { readonly conflicts?: readonly Conflict<From>[] }

/**
 * Adds a reading to what is known. Gaps are filled; where both have a value the more trustworthy origin wins, the earlier one on a tie,
 * and every disagreement is reported. Adding the same reading twice changes nothing.
 */
export function merge(known: Known<Origin>, added: Reading): Merged {
  return mergeBy(known, added, (origin) => origins.indexOf(origin), 'self-reported')
}

/**
 * The same for places of another sort.
 * @param rank the lower, the more trustworthy.
 * @param nowhere the place of a value that has none.
 */
export function mergeBy<From>(known: Known<From>, added: Reading<From>, rank: (from: From) => number, nowhere: From): Merged<From> {
  const conflicts = [...(known.conflicts ?? [])]
  const provenance: Partial<Record<Field, From>> = { ...known.provenance }

  const shown = new Map<Field, unknown>()

  function pick<T>(field: Field, mine: T | null, theirs: T | null, same: (a: T, b: T) => boolean = Object.is): T | null {
    const picked = pickOne(field, mine, theirs, same)
    if (picked !== null) shown.set(field, picked)
    return picked
  }

  function pickOne<T>(field: Field, mine: T | null, theirs: T | null, same: (a: T, b: T) => boolean): T | null {
    const mineFrom = known.provenance[field] ?? nowhere
    const theirsFrom = added.provenance[field] ?? nowhere
    if (theirs === null) return mine
    if (mine === null) {
      provenance[field] = theirsFrom
      return theirs
    }
    const theirsWins = rank(theirsFrom) < rank(mineFrom)
    if (same(mine, theirs)) {
      if (!theirsWins) return mine
      // A value goes with its own origin: two printings that agree may still differ in what only one of them says.
      provenance[field] = theirsFrom
      return theirs
    }
    const [kept, keptFrom, other, otherFrom] = theirsWins ? [theirs, theirsFrom, mine, mineFrom] : [mine, mineFrom, theirs, theirsFrom]
    const conflict = { field, kept: print(kept), keptFrom, other: print(other), otherFrom }
    if (!conflicts.some((one) => one.field === field && one.other === conflict.other)) conflicts.push(conflict)
    provenance[field] = keptFrom
    return kept
  }

  /** The last six digits of a check code agree with the whole one, and the whole one is worth keeping; with its own origin. */
  function pickCheckCode(mine: string | null, theirs: string | null): string | null {
    if (mine !== null && theirs !== null && mine !== theirs) {
      if (mine.endsWith(theirs)) return pick('checkCode', mine, null)
      if (theirs.endsWith(mine)) return pick('checkCode', null, theirs)
    }
    return pick('checkCode', mine, theirs)
  }

  const a = known.invoice
  const b = added.invoice
  const party = (role: 'seller' | 'buyer'): Party => ({
    name: pick(`${role}.name`, a[role].name, b[role].name, sameText),
    taxId: pick(`${role}.taxId`, a[role].taxId, b[role].taxId, sameText),
  })
  const lines = pick('lines', a.lines.length > 0 ? a.lines : null, b.lines.length > 0 ? b.lines : null, sameLines) ?? []
  const invoice: Invoice = {
    kind: pick<Kind>('kind', a.kind === 'other' ? null : a.kind, b.kind === 'other' ? null : b.kind) ?? 'other',
    code: pick('code', a.code, b.code),
    number: pick('number', a.number, b.number),
    issuedOn: pick('issuedOn', a.issuedOn, b.issuedOn),
    amountExTax: pick('amountExTax', a.amountExTax, b.amountExTax),
    tax: pick('tax', a.tax, b.tax),
    amount: pick('amount', a.amount, b.amount),
    checkCode: pickCheckCode(a.checkCode, b.checkCode),
    hash: pick('hash', a.hash, b.hash),
    seller: party('seller'),
    buyer: party('buyer'),
    lines,
    remark: pick('remark', a.remark, b.remark, sameText),
  }
  return { invoice, provenance, conflicts: restate(conflicts, shown, provenance) }
}

/** Conflicts as they stand now: a value that has come to be shown is no longer the other one. */
function restate<From>(
  conflicts: readonly Conflict<From>[],
  shown: ReadonlyMap<Field, unknown>,
  provenance: Reading<From>['provenance'],
): Conflict<From>[] {
  return conflicts.flatMap((one) => {
    const kept = shown.has(one.field) ? print(shown.get(one.field)) : one.kept
    return sameText(kept, one.other) ? [] : [{ ...one, kept, keptFrom: provenance[one.field] ?? one.keptFrom }]
  })
}

function print(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
