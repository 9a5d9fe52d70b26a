/** The longest text worth looking at. A QR code holds 7,089 characters at most. */
const maxLength = 8_192

/** What the text of a code is before it is understood. */
export type Cleaned = { readonly text: string } | { readonly tooLong: true }

/**
 * Takes off what decoders, clipboards and input methods add around and between the characters: byte order marks, control and zero-width
 * characters, white space at the ends, full-width forms (`，０１`).
 */
export function clean(text: string): Cleaned {
  if (text.length > maxLength) return { tooLong: true }
  return {
    text: text
      .normalize('NFKC')
      .replace(/[\p{Cc}\p{Cf}]/gu, '')
      .trim(),
  }
}
