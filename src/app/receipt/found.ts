/** The longest text that is looked through; a receipt with a long address and some words around it is a few hundred characters. */
const longest = 4_000

/**
 * The receipt in what was scanned, pasted or stands behind the `#` of an address: its own text, in capitals, without the blanks of an SMS.
 * Null when there is none. Whether it is whole and true says `checkReceipt`.
 */
export function receiptIn(text: string): string | null {
  const plain = text.slice(0, longest).replace(/\s/g, '').toUpperCase()
  return /(?:^|[^0-9A-Z])(FPR\d[0-9A-Z]*)/.exec(plain)?.[1] ?? null
}
