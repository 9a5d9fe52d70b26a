/** One run of characters in one mode of ISO/IEC 18004. */
export type Segment = { readonly mode: 'alphanumeric' | 'byte'; readonly text: string }

const alphanumeric = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

/** The bits of segments for versions 1 to 9, as a text of 0 and 1. Alphanumeric text holds only that set, byte text only ASCII. */
export function bitsOf(segments: readonly Segment[]): string {
  return segments.map(({ mode, text }) => (mode === 'byte' ? byteBits(text) : alphanumericBits(text))).join('')
}

function byteBits(text: string): string {
  return `0100${bits(text.length, 8)}${[...text].map((char) => bits(char.charCodeAt(0), 8)).join('')}`
}

/** Two characters in 11 bits. */
function alphanumericBits(text: string): string {
  const pairs = text.match(/..?/g) ?? []
  const coded = pairs.map((pair) => {
    const values = [...pair].map((char) => alphanumeric.indexOf(char))
    return values.length === 2 ? bits(values[0]! * 45 + values[1]!, 11) : bits(values[0]!, 6)
  })
  return `0010${bits(text.length, 9)}${coded.join('')}`
}

/** A number as so many binary digits. */
export function bits(value: number, count: number): string {
  return value.toString(2).padStart(count, '0')
}
