import type { TypedValues } from '../../capture/index.ts'
import type { Element, Invoice } from '../../domain/index.ts'

/** What a completion changes: the fields the form showed, and the kind it was about. Others stay as they are. */
export function typedValues(invoice: Invoice, shown: readonly Element[]): TypedValues {
  const pick = <K extends Element>(element: K): Partial<Record<K, Invoice[K]>> =>
    shown.includes(element) ? ({ [element]: invoice[element] } as Record<K, Invoice[K]>) : {}
  return {
    kind: invoice.kind,
    ...pick('code'),
    ...pick('number'),
    ...pick('issuedOn'),
    ...pick('amount'),
    ...pick('amountExTax'),
    ...pick('checkCode'),
    ...pick('hash'),
  }
}
