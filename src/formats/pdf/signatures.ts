import type { Budget } from '../file/budget.ts'
import { asArray, asDict, asName, asNumber, asString, latin, Lexer, openPdf, textOf, type Dict, type PdfFile } from './object/index.ts'
import { indexOf } from './object/parse.ts'

/**
 * A signature as a PDF states it (ISO 32000-1 12.8). `broken`: what it says it covers is not the file around its own value, so that
 * two readers could see two things signed.
 */
export type PdfSignature =
  | {
      readonly is: 'placed'
      /** How the value is to be read, `adbe.pkcs7.detached`. */
      readonly subFilter: string | null
      readonly value: Uint8Array
      /** The signed bytes: all before the value, and what follows it. */
      readonly signed: readonly [Uint8Array, Uint8Array]
      /** Bytes of the file behind what was signed. */
      readonly appended: number
      /** Certificates of the dictionary itself, which only `adbe.x509.rsa_sha1` uses. */
      readonly certificates: readonly Uint8Array[]
      /** What it says of its time, `D:20180921160040+08'00'`. */
      readonly statedAt: string | null
    }
  | { readonly is: 'broken' }

/** No invoice is signed more often. */
const most = 16

/** The signatures of a PDF, found by their ByteRange: it names places in the file, so it never lies in a packed object. */
export function readPdfSignatures(bytes: Uint8Array, budget: Budget): PdfSignature[] {
  const found: PdfSignature[] = []
  let file: PdfFile | null = null
  for (let at = indexOf(bytes, '/ByteRange', 0); at >= 0; at = indexOf(bytes, '/ByteRange', at + 1)) {
    budget.check()
    if (found.length >= most) return [...found, { is: 'broken' }]
    found.push(readOne(bytes, at, () => (file ??= openPdf(bytes, budget))) ?? { is: 'broken' })
  }
  return found
}

function readOne(bytes: Uint8Array, at: number, open: () => PdfFile): PdfSignature | null {
  const range = asArray(new Lexer(bytes, at + '/ByteRange'.length).next())?.map((one) => asNumber(one) ?? -1)
  if (range?.length !== 4 || range.some((one) => !Number.isSafeInteger(one) || one < 0)) return null
  const [first = 0, before = 0, behind = 0, length = 0] = range
  if (first !== 0 || behind <= before + 1 || behind + length > bytes.length || !isValue(bytes, before, behind)) return null
  const dict = dictionary(bytes, at, before, behind)
  if (!dict) return null
  const value = asString(dict.get('Contents'))
  const stated = asArray(dict.get('ByteRange'))
  if (!value || stated?.some((one, index) => one !== range[index])) return null
  const time = asString(dict.get('M'))
  return {
    is: 'placed',
    subFilter: asName(dict.get('SubFilter')),
    value,
    signed: [bytes.subarray(0, before), bytes.subarray(behind, behind + length)],
    appended: bytes.length - behind - length,
    certificates: dict.has('Cert') ? certificatesOf(dict, open()) : [],
    statedAt: time && textOf(time),
  }
}

/** Is the gap exactly one hex string, `<` to `>`, and the value of a `/Contents`? */
function isValue(bytes: Uint8Array, from: number, to: number): boolean {
  if (bytes[from] !== 0x3c || bytes[to - 1] !== 0x3e || !/^[0-9a-fA-F\s]*$/.test(latin(bytes.subarray(from + 1, to - 1)))) return false
  return /\/Contents\s*$/.test(latin(bytes.subarray(Math.max(0, from - 40), from)))
}

/**
 * The dictionary that holds both the range and the value, and neither of them twice. A name written with `#` could be one of them in
 * disguise; no writer of signatures has a use for that.
 */
function dictionary(bytes: Uint8Array, at: number, before: number, behind: number): Dict | null {
  const start = objectBefore(bytes, Math.min(at, before))
  const end = indexOf(bytes, 'endobj', Math.max(at, behind))
  if (start === null || end < 0) return null
  const around = `${latin(bytes.subarray(start, before))}<>${latin(bytes.subarray(behind, end))}`
  const count = (pattern: RegExp) => around.match(pattern)?.length ?? 0
  if (count(/\/Contents(?![A-Za-z])/g) !== 1 || count(/\/ByteRange(?![A-Za-z])/g) !== 1) return null
  if (/endobj|endstream/.test(around) || /\/[^\s/<>[\](){}%]*#/.test(around)) return null
  return asDict(new Lexer(bytes, start).next())
}

/** Where the object begins in which this place lies: behind the last `1 0 obj` before it. */
function objectBefore(bytes: Uint8Array, place: number): number | null {
  const from = Math.max(0, place - 65_536)
  const text = latin(bytes.subarray(from, place))
  const last = [...text.matchAll(/\d+\s+\d+\s+obj(?![a-zA-Z])/g)].at(-1)
  return last ? from + last.index + last[0].length : null
}

function certificatesOf(dict: Dict, file: PdfFile): Uint8Array[] {
  const stated = file.get(dict, 'Cert')
  const one = asString(stated)
  return one ? [one] : (asArray(stated) ?? []).flatMap((entry) => asString(file.resolve(entry)) ?? [])
}
