import {
  fields,
  mergeBy,
  ruleOf,
  type Answer,
  type Field,
  type FieldSources,
  type Invoice,
  type Kind,
  type Merged,
  type SourceClass,
} from '../../domain/index.ts'

/** A record and whose it is. */
export interface SourceRecord {
  readonly source: string
  readonly class: SourceClass
  readonly invoice: Invoice
  /** Where its source has the fields from, when not from itself. */
  readonly provenance?: FieldSources
}

/**
 * One record out of what several sources hold: the one that decided first, its gaps filled by the others in the order they were asked. What
 * they disagree on is told, and what all of them lack is named. Invented data only ever stands alone.
 */
export function combine(
  deciding: SourceRecord,
  others: readonly SourceRecord[],
): Pick<Answer, 'invoice' | 'provenance' | 'conflicts' | 'missing'> {
  const used = deciding.class === 'demo' ? [] : others.filter((one) => one.class !== 'demo')
  const order = [deciding, ...used].flatMap((one) => [one.source, ...Object.values(one.provenance ?? {})])
  const rank = (source: string) => order.indexOf(source)
  const { invoice, provenance, conflicts } = used.reduce<Merged<string>>((known, one) => mergeBy(known, reading(one), rank, ''), {
    ...reading(deciding),
    conflicts: [],
  })
  const lacking = expected(invoice.kind).filter((field) => !has(invoice, field))
  return {
    invoice,
    provenance,
    ...(conflicts.length > 0 && { conflicts }),
    ...(lacking.length > 0 && { missing: { fields: lacking, sources: [deciding, ...used].map((one) => one.source) } }),
  }
}

function reading({ source, invoice, provenance = {} }: SourceRecord) {
  const from = fields.filter((field) => has(invoice, field)).map((field) => [field, provenance[field] ?? source] as const)
  return { invoice, provenance: Object.fromEntries(from) as FieldSources }
}

/** What the record of such an invoice has when it is whole. Tickets have no goods lines; 财政 bills no tax. */
function expected(kind: Kind): Field[] {
  const always: Field[] = ['amount', 'seller.name', 'buyer.name']
  if (ruleOf(kind).platform === 'fiscal') return always
  const taxed: Field[] = [...always, 'amountExTax', 'tax', 'seller.taxId']
  return kind === 'rail' || kind === 'air' ? taxed : [...taxed, 'lines']
}

function has(record: Invoice, field: Field): boolean {
  switch (field) {
    case 'lines':
      return record.lines.length > 0
    case 'seller.name':
      return record.seller.name !== null
    case 'seller.taxId':
      return record.seller.taxId !== null
    case 'buyer.name':
      return record.buyer.name !== null
    case 'buyer.taxId':
      return record.buyer.taxId !== null
    default:
      return record[field] !== null
  }
}
