import { addDays, dateAt, formatMoney, type Instant } from '../../domain/index.ts'

/** An invented invoice: what its QR says, and its row in the authority's registry. */
export interface DrillInvoice {
  readonly number: string
  readonly qr: string
  readonly row: string
}

export const header = 'kind,code,number,issuedOn,amountExTax,tax,amount,checkCode,sellerName,sellerTaxId,buyerName,buyerTaxId,state'

/** `count` invoices issued two months before `now`. Region 00 does not exist, so no real invoice has their numbers. */
export function makeInvoices(count: number, now: Instant): DrillInvoice[] {
  const issuedOn = addDays(dateAt(now), -60)
  return Array.from({ length: count }, (_, index) => {
    const number = `${issuedOn.slice(2, 4)}002${String(index + 1).padStart(15, '0')}`
    const [net, tax] = [10_000 + 100 * index, 600 + 6 * index]
    const amounts = [net, tax, net + tax].map(formatMoney)
    return {
      number,
      qr: `01,32,,${number},${amounts[2]},${issuedOn.replaceAll('-', '')},,`,
      row: `digital-ordinary,,${number},${issuedOn},${amounts.join(',')},,Drill seller,,Drill buyer,,normal`,
    }
  })
}
