import { emptyInvoice, type Invoice } from '../domain/index.ts'
import { date, fromWireMoney, kind, money, toWireMoney } from './fields.ts'
import { z } from './z.ts'

const text = z.nullable(z.string().check(z.maxLength(2000)))
const amount = z.nullable(money)
const party = z.object({ name: text, taxId: text })
const line = z.object({
  name: text,
  spec: text,
  unit: text,
  quantity: text,
  unitPrice: text,
  amount,
  taxRate: text,
  tax: amount,
})

/** An invoice on the wire and in `inspect` lines: money as decimal strings, everything but the kind may be null. */
export const invoice = z.object({
  kind,
  code: text,
  number: text,
  issuedOn: z.nullable(date),
  amountExTax: amount,
  tax: amount,
  amount,
  checkCode: text,
  hash: z.optional(text),
  seller: party,
  buyer: party,
  lines: z.array(line).check(z.maxLength(2000)),
  remark: text,
})
export type WireInvoice = z.infer<typeof invoice>

/** An invoice as the wire has it. `hash` appears only where there is one. */
export function toWireInvoice({ hash, ...rest }: Invoice): WireInvoice {
  const wire = (fen: number | null) => (fen === null ? null : toWireMoney(fen))
  return {
    ...rest,
    amountExTax: wire(rest.amountExTax),
    tax: wire(rest.tax),
    amount: wire(rest.amount),
    seller: { ...rest.seller },
    buyer: { ...rest.buyer },
    lines: rest.lines.map((one) => ({ ...one, amount: wire(one.amount), tax: wire(one.tax) })),
    ...(hash !== null && { hash }),
  }
}

/** The domain form of a wire invoice that the schema has accepted. */
export function fromWireInvoice(wire: WireInvoice): Invoice {
  const fen = (value: string | null) => (value === null ? null : fromWireMoney(value))
  return {
    ...emptyInvoice(wire.kind),
    ...wire,
    hash: wire.hash ?? null,
    amountExTax: fen(wire.amountExTax),
    tax: fen(wire.tax),
    amount: fen(wire.amount),
    lines: wire.lines.map((one) => ({ ...one, amount: fen(one.amount), tax: fen(one.tax) })),
  }
}
