import { Refusal } from '../file/refusal.ts'

/** The encodings invoices come in. Anything else is refused: an exotic one is a way around the search for DOCTYPE. */
const known: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  gbk: 'gb18030',
  gb2312: 'gb18030',
  gb18030: 'gb18030',
  'utf-16': 'utf-16',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
}

/** Turns the bytes of an XML file into text: by byte order mark, else by its first bytes, else by its declaration, else UTF-8. */
export function decodeXml(bytes: Uint8Array): string {
  const [a, b, c, d] = bytes
  if ((a === 0 && b === 0) || (a === 0xff && b === 0xfe && c === 0 && d === 0)) throw unknown()
  if (a === 0xff && b === 0xfe) return decode('utf-16le', bytes)
  if (a === 0xfe && b === 0xff) return decode('utf-16be', bytes)
  if (a === 0x3c && b === 0) return decode('utf-16le', bytes)
  if (a === 0 && b === 0x3c) return decode('utf-16be', bytes)
  if (a === 0xef && b === 0xbb && c === 0xbf) return decode('utf-8', bytes)

  const text = decodeOr(null, 'utf-8', bytes)
  const encoding = known[statedIn(text ?? latin(bytes.subarray(0, headLength)))]
  // A UTF-16 declaration that could be read byte by byte is not UTF-16.
  if (encoding === undefined) throw unknown()
  return text === null || encoding === 'gb18030' ? decode('gb18030', bytes) : text
}

/** What the declaration at the beginning says; a file without one is UTF-8. */
function statedIn(text: string): string {
  const end = text.indexOf('>')
  const head = text.slice(0, end < 0 ? headLength : Math.min(end, headLength))
  return /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']/i.exec(head)?.[1]?.trim().toLowerCase() ?? 'utf-8'
}

/** A declaration is shorter than this. Bytes. */
const headLength = 200

/** Made once: making one costs as much as decoding a small part. */
const decoders = new Map<string, InstanceType<typeof TextDecoder>>()

function decodeOr<T>(other: T, encoding: string, bytes: Uint8Array): string | T {
  let decoder = decoders.get(encoding)
  if (!decoder) decoders.set(encoding, (decoder = new TextDecoder(encoding, { fatal: true })))
  try {
    return decoder.decode(bytes)
  } catch {
    return other
  }
}

function decode(encoding: string, bytes: Uint8Array): string {
  const text = decodeOr(null, encoding, bytes)
  if (text === null) throw new Refusal('xml-encoding', 'The XML is not in the encoding it states')
  return text
}

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}

function unknown(): Refusal {
  return new Refusal('xml-encoding', 'The XML is in an encoding that invoices do not use')
}
