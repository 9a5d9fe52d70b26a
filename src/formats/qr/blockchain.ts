import { emptyInvoice, parseNumber, type Invoice } from '../../domain/index.ts'

const host = 'bcfp.shenzhen.chinatax.gov.cn'

/**
 * The address in the QR of a Shenzhen blockchain invoice: `…/verify/scan?hash=…&bill_num=…&total_amount=<fen>`. It is read, never opened.
 * @returns null for any other text.
 */
export function readBlockchainUrl(text: string): Invoice | null {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return null
  const url = new URL(text)
  if (url.hostname !== host) return null
  const hash = url.searchParams.get('hash')?.trim() ?? ''
  const fen = url.searchParams.get('total_amount')?.trim() ?? ''
  const invoice: Invoice = {
    ...emptyInvoice('blockchain'),
    hash: /^[0-9A-Za-z]{8,128}$/.test(hash) ? hash : null,
    number: parseNumber(url.searchParams.get('bill_num') ?? ''),
    amount: /^-?\d{1,15}$/.test(fen) ? Number(fen) + 0 : null,
  }
  return invoice.hash === null && invoice.number === null ? null : invoice
}
