import { canonicalKey, checkInvoice, merge, type Field, type Fen, type Invoice, type Kind, type Origin } from '../domain/index.ts'
import { enqueue } from '../outbox/index.ts'
import type { Entry, WalletTx } from '../wallet/index.ts'
import { signedPart } from './signed.ts'
import { capturedOf, firstAt, planOf, type Captured, type CaptureDeps, type Plan } from './capture.ts'

/** Values a person typed into an entry; absent ones stay as they are, null clears a field. */
export interface TypedValues {
  readonly kind?: Kind
  readonly code?: string | null
  readonly number?: string | null
  readonly issuedOn?: string | null
  readonly amount?: Fen | null
  readonly amountExTax?: Fen | null
  readonly tax?: Fen | null
  readonly checkCode?: string | null
  readonly hash?: string | null
  readonly sellerName?: string | null
  readonly buyerName?: string | null
  readonly remark?: string | null
}

/**
 * 补填 and editing: the typed values replace what was there, with provenance `typed`. Edited elements make a new question; old answers stay but no
 * longer count. When the entry turns out to be another one already in the wallet they become one, and `entryId` is the older.
 * @throws WalletError; null when there is no such entry.
 */
export async function complete(deps: CaptureDeps, entryId: string, values: TypedValues): Promise<Captured | null> {
  const plan = planOf(deps)
  return deps.wallet.write((tx) => edit(tx, plan, entryId, values))
}

async function edit(tx: WalletTx, plan: Plan, entryId: string, values: TypedValues): Promise<Captured | null> {
  const before = await tx.entry(entryId)
  if (before === null) return null
  const edited = typeInto(before, values)
  const other = canonicalKey(edited.invoice) === null ? undefined : (await tx.entriesLike(edited.invoice)).find(({ id }) => id !== entryId)
  const entry = other === undefined ? edited : await join(tx, edited, other)
  await tx.putEntry(entry)
  const question = await enqueue(tx, entry, { id: plan.queryId, now: plan.now })
  return capturedOf(entry, question, other === undefined ? null : firstAt(other))
}

/** Two entries become the older one, with everything that either had. */
async function join(tx: WalletTx, edited: Entry, other: Entry): Promise<Entry> {
  const [kept, gone] = firstAt(other) <= firstAt(edited) ? [other, edited] : [edited, other]
  await tx.moveInto(gone.id, kept.id)
  return {
    ...kept,
    ...merge({ ...kept, conflicts: [...kept.conflicts, ...gone.conflicts] }, gone),
    captures: [...kept.captures, ...gone.captures].sort((a, b) => a.at - b.at),
    problems: [...kept.problems, ...gone.problems.filter(({ code }) => !kept.problems.some((one) => one.code === code))],
    note: kept.note ?? gone.note,
    removedAt: null,
  }
}

/**
 * What a person types is what they mean: it replaces the reading, and an old disagreement about the field is settled. Only what a trusted
 * signature covers stands, and what was typed is told beside it.
 */
function typeInto(entry: Entry, { sellerName, buyerName, ...values }: TypedValues): Entry {
  const { seller, buyer } = entry.invoice
  const invoice: Invoice = {
    ...entry.invoice,
    ...values,
    seller: sellerName === undefined ? seller : { ...seller, name: sellerName },
    buyer: buyerName === undefined ? buyer : { ...buyer, name: buyerName },
  }
  const provenance: Partial<Record<Field, Origin>> = { ...entry.provenance }
  const typed = new Set<Field>()
  const type = (field: Field, value: unknown, old: unknown) => {
    // A form sends back what it showed: only what was changed was typed.
    if (value === undefined || value === old) return
    typed.add(field)
    if (value === null) delete provenance[field]
    else provenance[field] = 'typed'
  }
  for (const field of Object.keys(values) as (keyof typeof values)[]) type(field, values[field], entry.invoice[field])
  type('seller.name', sellerName, seller.name)
  type('buyer.name', buyerName, buyer.name)
  const conflicts = entry.conflicts.filter(({ field }) => !typed.has(field))
  const kept = entry.checks.filter(({ name }) => name === 'qr-crc')
  const edited = { invoice, provenance, conflicts }
  const signed = typed.size > 0 ? signedPart(entry) : null
  const shown = signed === null ? edited : merge(edited, signed)
  return { ...entry, ...shown, checks: [...kept, ...checkInvoice(shown.invoice)] }
}
