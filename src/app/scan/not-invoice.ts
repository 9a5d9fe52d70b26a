import { receiptIn } from '../receipt/found.ts'

/** What a code is that holds no invoice; each has a sentence that says what to do. */
export type NotInvoice =
  | { readonly is: 'url'; readonly host: string }
  /** 抬头码: the buyer's own, for the merchant's scanner. */
  | { readonly is: 'title' }
  | { readonly is: 'payment' }
  /** A receipt of a gateway: it has a page of its own. */
  | { readonly is: 'receipt'; readonly text: string }
  /** Looks like an invoice's code, but its content is not whole. */
  | { readonly is: 'unreadable' }
  | { readonly is: 'other' }

const paymentSchemes = /^(?:weixin|wxp|alipays?|https:\/\/(?:qr\.alipay\.com|payapp\.weixin\.qq\.com|qr\.95516\.com))/i

/** Recognises what people scan by mistake, by the first characters. */
export function notInvoice(text: string): NotInvoice {
  const plain = text.trim()
  if (/^0\s*1\s*,/.test(plain)) return { is: 'unreadable' }
  if (plain.startsWith('$01$')) return { is: 'title' }
  if (paymentSchemes.test(plain)) return { is: 'payment' }
  const receipt = receiptIn(plain)
  if (receipt !== null) return { is: 'receipt', text: receipt }
  const host = /^https?:\/\/([^/?#\s]+)/i.exec(plain)?.[1]
  return host === undefined ? { is: 'other' } : { is: 'url', host }
}
