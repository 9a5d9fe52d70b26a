import { drawQr, type QrSymbol } from './qr/symbol.ts'

/** The address that any camera opens: the fragment never reaches a server. `origin` like `https://piaozai.example`. */
export function receiptUrl(origin: string, text: string): string {
  return `${origin}/R#${text}`
}

/**
 * The QR of that address. Scheme and host are the same in capitals, and capitals take 5.5 bits instead of 8: only `#` is written as a byte. Version 8
 * holds hosts up to 40 characters. @returns null when the host is too long for version 9, or not ASCII.
 */
export function receiptQr(origin: string, text: string): QrSymbol | null {
  const head = `${origin}/R`.toUpperCase()
  if (!/^[0-9A-Z./:-]+$/.test(head)) return null
  return drawQr([
    { mode: 'alphanumeric', text: head },
    { mode: 'byte', text: '#' },
    { mode: 'alphanumeric', text },
  ])
}
