/** An invented invoice: what its QR says and its row in the authority's registry. */
export interface MadeInvoice {
  readonly number: string
  readonly amount: string
  readonly issuedOn: string
  readonly seller: string
  readonly qr: string
  readonly row: string
}

export const registryHeader = 'kind,code,number,issuedOn,amountExTax,tax,amount,checkCode,sellerName,sellerTaxId,buyerName,buyerTaxId,state'

/** The n-th invented digital invoice. Region 00 does not exist, so no real invoice has its number. */
export function makeInvoice(n: number): MadeInvoice {
  const number = `25002${String(n).padStart(15, '0')}`
  const amountExTax = 100 + n
  const tax = (amountExTax * 6) / 100
  const amount = (amountExTax + tax).toFixed(2)
  const issuedOn = '2025-06-09'
  const seller = `端到端第${n}商店`
  const fields = `01,32,,${number},${amount},20250609,`
  return {
    number,
    amount,
    issuedOn,
    seller,
    qr: `${fields},${crc(`${fields},`)}`,
    row: `digital-ordinary,,${number},${issuedOn},${amountExTax.toFixed(2)},${tax.toFixed(2)},${amount},,${seller},,端到端买方,,normal`,
  }
}

/** CRC-16/UMTS over the first seven fields, as the commonest dialect has it. */
function crc(text: string): string {
  let value = 0
  for (const byte of Buffer.from(text)) {
    value ^= byte << 8
    for (let bit = 0; bit < 8; bit++) value = value & 0x8000 ? ((value << 1) ^ 0x8005) & 0xffff : (value << 1) & 0xffff
  }
  return value.toString(16).toUpperCase().padStart(4, '0')
}
