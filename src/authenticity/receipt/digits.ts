/**
 * How code and number are written: as one row of at most 20 digits, with a layout that says where to cut it. What layouts 2 and 3 leave of the
 * 20 places is filled with 0; layout 4, for lengths that no ordinary invoice has, is filled with F and cannot be cut.
 */
export type Layout = 0 | 1 | 2 | 3 | 4

/** Digits of code and number by layout. */
const lengths = [
  [0, 20],
  [12, 8],
  [10, 8],
  [8, 10],
] as const

export interface Row {
  readonly layout: Layout
  /** Without the filling. */
  readonly digits: string
}

/** @returns null for what is no digits, or more than a receipt holds. */
export function rowOf(code: string | null, number: string): Row | null {
  const digits = `${code ?? ''}${number}`
  if (!/^\d{1,20}$/.test(digits) || number === '') return null
  const layout = lengths.findIndex(([ofCode, ofNumber]) => (code ?? '').length === ofCode && number.length === ofNumber)
  return { layout: layout === -1 ? 4 : (layout as Layout), digits }
}

/** Code and number of a row; of layout 4 both in one. */
export function cut({ layout, digits }: Row): { readonly code: string | null; readonly number: string } {
  const ofCode = layout === 4 ? 0 : lengths[layout][0]
  return { code: ofCode === 0 ? null : digits.slice(0, ofCode), number: digits.slice(ofCode) }
}

/** Ten bytes of binary-coded decimals. */
export function toBcd({ layout, digits }: Row): Uint8Array {
  const filled = digits.padStart(20, layout === 4 ? 'f' : '0')
  return Uint8Array.from({ length: 10 }, (_, at) => Number.parseInt(filled.slice(at * 2, at * 2 + 2), 16))
}

/** @returns null when the bytes are not what {@link toBcd} writes. */
export function fromBcd(layout: number, bytes: Uint8Array): Row | null {
  const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const digits = layout === 4 ? text.replace(/^f*/, '') : text.slice(20 - lengthOf(layout))
  const row = layout === 4 ? rowOf(null, digits) : cutAs(layout, digits)
  return row !== null && row.layout === layout && hex(toBcd(row)) === text ? row : null
}

function lengthOf(layout: number): number {
  const [ofCode, ofNumber] = lengths[layout] ?? [0, 0]
  return ofCode + ofNumber
}

function cutAs(layout: number, digits: string): Row | null {
  const [ofCode] = lengths[layout] ?? [0]
  return rowOf(ofCode === 0 ? null : digits.slice(0, ofCode), digits.slice(ofCode))
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
