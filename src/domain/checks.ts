import type { Check, Invoice } from './invoice.ts'
import { parseDigitalNumber } from './identifier.ts'
import type { Fen } from './money.ts'
import { priceTimesQuantity, rateTimesNet } from './line-checks.ts'
import { regionOf, regions } from './region.ts'
import { checkTaxId } from './tax-id.ts'

/** The checks on one invoice that need no network and no second reading. `ok` null: cannot be told. */
export function checkInvoice(invoice: Invoice): Check[] {
  return [
    { name: 'line-sums', ok: lineSums(invoice) },
    { name: 'net-plus-tax', ok: netPlusTax(invoice) },
    { name: 'price-times-quantity', ok: priceTimesQuantity(invoice.lines) },
    { name: 'rate-times-net', ok: rateTimesNet(invoice.lines) },
    { name: 'number-vs-date', ok: numberAgainstDate(invoice) },
    { name: 'region', ok: knownRegion(invoice) },
    { name: 'tax-id', ok: taxIds(invoice) },
  ]
}

/** An air ticket's total also holds the fund and other charges, so for it the sum says nothing. */
function netPlusTax({ kind, amountExTax, tax, amount }: Invoice): boolean | null {
  if (kind === 'air') return null
  return amountExTax === null || tax === null || amount === null ? null : amountExTax + tax === amount
}

/** The lines make up the net sum, and their taxes the tax; a line whose tax is let out (免税) leaves that open. */
function lineSums({ lines, amountExTax, tax }: Invoice): boolean | null {
  const net = sumsTo(
    lines.map(({ amount }) => amount),
    amountExTax,
  )
  const taxes = sumsTo(
    lines.map((line) => line.tax),
    tax,
  )
  return net === null || taxes === false ? taxes : net
}

function sumsTo(parts: readonly (Fen | null)[], total: Fen | null): boolean | null {
  if (total === null || parts.length === 0) return null
  let sum = 0
  for (const part of parts) {
    if (part === null) return null
    sum += part
  }
  return sum === total
}

/** A 20-digit number carries the year of issue. */
function numberAgainstDate({ number, issuedOn }: Invoice): boolean | null {
  const parts = number === null ? null : parseDigitalNumber(number)
  return parts === null || issuedOn === null ? null : parts.year === Number(issuedOn.slice(0, 4))
}

/** An unknown region proves nothing (new ones appear), so it is unknown, not wrong. */
function knownRegion(invoice: Invoice): boolean | null {
  const region = regionOf(invoice)
  return region !== null && region in regions ? true : null
}

function taxIds({ seller, buyer }: Invoice): boolean | null {
  const results = [seller.taxId, buyer.taxId].map((taxId) => (taxId === null ? null : checkTaxId(taxId)))
  if (results.includes(false)) return false
  return results.includes(true) ? true : null
}
