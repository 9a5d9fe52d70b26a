import type { Problem } from '../../domain/index.ts'
import { clean } from './clean.ts'

/** Text that `readQr` does not take for an invoice: what it is instead. The codes are permanent. */
export function whyNoInvoice(text: string): Problem {
  const cleaned = clean(text)
  if ('tooLong' in cleaned) return { code: 'qr-too-long', message: 'The text is longer than any QR code' }
  if (cleaned.text === '') return { code: 'qr-empty', message: 'There is no text' }
  if (/^\$01\$/.test(cleaned.text))
    return { code: 'qr-title', message: 'This is not an invoice: it is a title, for the merchant who issues one' }
  if (cleaned.text.includes('QRCODE_GEN_ERROR'))
    return { code: 'qr-not-made', message: 'The issuer failed to make this QR code; read the invoice another way' }
  return { code: 'qr-not-an-invoice', message: 'The text is not the QR code of an invoice' }
}
