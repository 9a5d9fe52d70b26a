/** What a file is by its first bytes; names lie. */
export type Sniffed = 'package' | 'xml' | 'pdf' | 'picture' | 'unknown'

function starts(bytes: Uint8Array, ...magic: readonly number[]): boolean {
  for (let at = 0; at < magic.length; at++) if (bytes[at] !== magic[at]) return false
  return true
}
const ascii = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to))

/** PNG or JPEG: what a QR in an OFD can be read from. */
export function isPicture(bytes: Uint8Array): boolean {
  return starts(bytes, 0x89, 0x50, 0x4e, 0x47) || starts(bytes, 0xff, 0xd8, 0xff)
}

export function sniff(bytes: Uint8Array): Sniffed {
  if (bytes.length === 0) return 'unknown'
  if (isPicture(bytes) || (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') || isHeic(bytes)) return 'picture'
  // Before PDF: an archive that stores one begins with its own header and then the PDF's.
  if (starts(bytes, 0x50, 0x4b)) return 'package'
  if (looksLikeXml(bytes)) return 'xml'
  if (ascii(bytes, 0, 1024).includes('%PDF-')) return 'pdf'
  if (holdsEndRecord(bytes)) return 'package'
  return 'unknown'
}

function isHeic(bytes: Uint8Array): boolean {
  return ascii(bytes, 4, 8) === 'ftyp' && /^(?:heic|heix|mif1|msf1|avif)/.test(ascii(bytes, 8, 12))
}

/** After a byte order mark and white space, a `<`; in UTF-16 with a zero beside it. */
function looksLikeXml(bytes: Uint8Array): boolean {
  if (starts(bytes, 0xff, 0xfe) || starts(bytes, 0xfe, 0xff) || starts(bytes, 0x3c, 0) || starts(bytes, 0, 0x3c)) return true
  const head = ascii(bytes, starts(bytes, 0xef, 0xbb, 0xbf) ? 3 : 0, 256)
  return /^\s*<[?!a-z_:\u0080-\u00ff]/i.test(head)
}

/** A package with foreign bytes before it: known, so that the reason for refusing it can be told. */
function holdsEndRecord(bytes: Uint8Array): boolean {
  return starts(bytes.subarray(-22), 0x50, 0x4b, 5, 6)
}
