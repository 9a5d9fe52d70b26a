import { renderUnicodeCompact } from 'uqr'

/** A QR of `text` for a terminal. With colours it is dark on light whatever the terminal's own colours are. */
export function terminalQr(text: string, colours: boolean): string {
  const rows = renderUnicodeCompact(text, { border: 2, ecc: 'M' }).split('\n')
  return rows.map((row) => (colours ? `  \u001b[97;40m${row}\u001b[0m` : `  ${row}`)).join('\n')
}
