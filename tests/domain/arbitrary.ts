import fc from 'fast-check'
import {
  addDays,
  emptyInvoice,
  kindNames,
  origins,
  type Draft,
  type Elements,
  type Field,
  type Invoice,
  type Kind,
  type Origin,
} from '../../src/domain/index.ts'

const digits = (...lengths: number[]) => fc.oneof(...lengths.map((length) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`))))
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
const name = fc.constantFrom('甲公司', '乙公司', '丙(北京)公司', 'Example Ltd')

export const kindOf: fc.Arbitrary<Kind> = fc.constantFrom(...kindNames)
export const date = fc.integer({ min: 0, max: 12_000 }).map((days) => addDays('2000-01-01', days))
export const fen = fc.integer({ min: -1e12, max: 1e12 })
/** Any instant a device may believe in: 1970 to 2100. */
export const instant = fc.integer({ min: 0, max: 4_102_444_800_000 })

const party = fc.record({ name: maybe(name), taxId: maybe(digits(15, 18)) })
const line = fc.record({
  name: maybe(name),
  spec: fc.constant(null),
  unit: fc.constant(null),
  quantity: fc.constant(null),
  unitPrice: fc.constant(null),
  amount: maybe(fen),
  taxRate: fc.constant(null),
  tax: maybe(fen),
})

/** Any invoice, with any gaps. */
export const invoice: fc.Arbitrary<Invoice> = fc.record({
  kind: kindOf,
  code: maybe(digits(8, 10, 12)),
  number: maybe(digits(8, 10, 20)),
  issuedOn: maybe(date),
  amountExTax: maybe(fen),
  tax: maybe(fen),
  amount: maybe(fen),
  checkCode: maybe(digits(6, 20)),
  hash: maybe(digits(64)),
  seller: party,
  buyer: party,
  lines: fc.array(line, { maxLength: 3 }),
  remark: maybe(name),
})

/** What a query may carry, whether it makes sense or not. */
export const elements: fc.Arbitrary<Elements> = fc.record(
  {
    kind: kindOf,
    number: fc.oneof(digits(8, 20), fc.string({ maxLength: 6 })),
    issuedOn: date,
    code: fc.oneof(digits(10, 12), fc.constantFrom('a', 'a|', '|a', '\\', '\\|', '|')),
    amount: fen,
    amountExTax: fen,
    checkCode: fc.oneof(digits(6), fc.constantFrom('b', '|b', 'b|', '\\')),
    hash: fc.constantFrom('c', '|c', '\\|'),
  },
  { requiredKeys: ['kind', 'number', 'issuedOn'] },
)

export type Reading = Pick<Draft, 'invoice' | 'provenance'>

/** An invoice as one route read it: the values, all from one origin. */
export const reading: fc.Arbitrary<Reading> = fc
  .tuple(invoice, fc.constantFrom(...origins))
  .map(([one, origin]) => ({ invoice: one, provenance: originOf(one, origin) }))

/** Two readings of one invoice that do not contradict each other: each has gaps of its own. */
export const agreeing: fc.Arbitrary<readonly [Reading, Reading]> = fc
  .tuple(
    invoice,
    fc.constantFrom(...origins),
    fc.constantFrom(...origins),
    fc.infiniteStream(fc.boolean()),
    fc.infiniteStream(fc.boolean()),
  )
  .map(([one, from, other, mine, theirs]) => {
    const [a, b] = [withGaps(one, mine), withGaps(one, theirs)]
    return [
      { invoice: a, provenance: originOf(a, from) },
      { invoice: b, provenance: originOf(b, other) },
    ]
  })

function withGaps(one: Invoice, keep: Iterator<boolean>): Invoice {
  const or = <T>(value: T, gap: T): T => (keep.next().value ? value : gap)
  return {
    ...emptyInvoice(or<Kind>(one.kind, 'other')),
    code: or(one.code, null),
    number: or(one.number, null),
    issuedOn: or(one.issuedOn, null),
    amountExTax: or(one.amountExTax, null),
    tax: or(one.tax, null),
    amount: or(one.amount, null),
    checkCode: or(one.checkCode, null),
    hash: or(one.hash, null),
    seller: { name: or(one.seller.name, null), taxId: or(one.seller.taxId, null) },
    buyer: { name: or(one.buyer.name, null), taxId: or(one.buyer.taxId, null) },
    lines: or(one.lines, []),
    remark: or(one.remark, null),
  }
}

/** The given origin for every field that has a value. */
export function originOf(one: Invoice, origin: Origin): Draft['provenance'] {
  const plain = ['code', 'number', 'issuedOn', 'amountExTax', 'tax', 'amount', 'checkCode', 'hash', 'remark'] as const
  const known: Field[] = plain.filter((field) => one[field] !== null)
  if (one.kind !== 'other') known.push('kind')
  if (one.lines.length > 0) known.push('lines')
  for (const role of ['seller', 'buyer'] as const)
    for (const part of ['name', 'taxId'] as const) if (one[role][part] !== null) known.push(`${role}.${part}`)
  return Object.fromEntries(known.map((field) => [field, origin]))
}
