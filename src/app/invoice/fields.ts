import { missingElements, type Conflict, type Element, type Field, type Invoice, type Origin } from '../../domain/index.ts'
import type { EntryView } from '../../wallet/index.ts'
import { groupCheckCode, groupNumber } from '../format/digits.ts'
import { moneyText } from '../format/money.ts'

/** One line of the face of an invoice: a value with its origin, or a gap that a check needs filled. */
export type FieldRow =
  | {
      readonly is: 'value'
      readonly field: Field
      readonly text: string
      readonly copied: string
      readonly origin: Origin
      readonly conflicts: readonly Conflict[]
    }
  | { readonly is: 'gap'; readonly field: Field; readonly element: Element }

const order = [
  'code',
  'number',
  'issuedOn',
  'checkCode',
  'seller.name',
  'seller.taxId',
  'buyer.name',
  'buyer.taxId',
  'amountExTax',
  'tax',
  'amount',
  'hash',
  'remark',
] as const satisfies readonly Field[]

/** The rows of an invoice in the order they stand on paper. What is missing and not needed is left out. */
export function fieldRowsOf({ shown }: Pick<EntryView, 'shown'>, longDate: (date: string) => string): FieldRow[] {
  const { invoice, provenance, conflicts } = shown
  const missing: readonly Field[] = missingElements(invoice)
  return order.flatMap((field): FieldRow[] => {
    const value = valueOf(invoice, field)
    if (value === null) return missing.includes(field) ? [{ is: 'gap', field, element: field as Element }] : []
    return [
      {
        is: 'value',
        field,
        text: printed(field, value, longDate),
        copied: String(value),
        origin: provenance[field] ?? 'self-reported',
        conflicts: conflicts.filter((one) => one.field === field),
      },
    ]
  })
}

/** A value as a person reads it; `value` may come from a conflict, where it is text. */
export function printed(field: Field, value: string | number, longDate: (date: string) => string): string {
  switch (field) {
    case 'amount':
    case 'amountExTax':
    case 'tax':
      return moneyText(Number(value))
    case 'issuedOn':
      return longDate(String(value))
    case 'code':
    case 'number':
      return groupNumber(String(value))
    case 'checkCode':
      return groupCheckCode(String(value))
    default:
      return String(value)
  }
}

function valueOf(invoice: Invoice, field: Field): string | number | null {
  switch (field) {
    case 'seller.name':
      return invoice.seller.name
    case 'seller.taxId':
      return invoice.seller.taxId
    case 'buyer.name':
      return invoice.buyer.name
    case 'buyer.taxId':
      return invoice.buyer.taxId
    case 'lines':
      return null
    default:
      return invoice[field]
  }
}
