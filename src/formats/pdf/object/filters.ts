import type { Budget } from '../../file/budget.ts'
import { Refusal } from '../../file/refusal.ts'
import { ascii85, asciiHex, flate, lzw, runLength, type Decoded } from './codecs.ts'
import { pdfLimits } from './limits.ts'
import { unpredict } from './predictor.ts'
import { asArray, asDict, asName, asNumber, type Dict, type Value } from './value.ts'

/** A stream's bytes after all filters we know. `rest` names the filter that was left on: a picture's own form. */
export interface Unfiltered extends Decoded {
  readonly rest: string | null
  /** The parameters of that filter. */
  readonly parms: Dict | null
}

/** Undoes the filters of a stream, in their order, up to one that is a picture's form (DCT, JBIG2, …). */
export function unfilter(
  raw: Uint8Array,
  dict: Dict,
  resolve: (value: Value | undefined) => Value,
  budget: Budget,
  limit: number = pdfLimits.stream,
): Unfiltered {
  const filter = resolve(dict.get('Filter') ?? dict.get('F'))
  const parms = resolve(dict.get('DecodeParms') ?? dict.get('DP'))
  const names = (asArray(filter) ?? [filter]).map((one) => asName(resolve(one))).filter((name) => name !== null)
  if (names.length > pdfLimits.filters) throw new Refusal('file-damaged', 'A stream of the PDF is packed more often than any writer does')
  let data = raw
  let whole = true
  for (const [index, name] of names.entries()) {
    const own = asDict(resolve(asArray(parms)?.[index] ?? (asArray(parms) ? null : parms)))
    const number = (key: string, other: number) => asNumber(resolve(own?.get(key))) ?? other
    const decoded = decode(name, data, number('EarlyChange', 1), limit, budget)
    if (decoded === null) return { data, whole, rest: name, parms: own }
    const predictor = number('Predictor', 1)
    data = unpredict(decoded.data, predictor, number('Columns', 1), number('Colors', 1), number('BitsPerComponent', 8))
    whole &&= decoded.whole
  }
  return { data, whole, rest: null, parms: null }
}

function decode(name: string, data: Uint8Array, early: number, limit: number, budget: Budget): Decoded | null {
  switch (name) {
    case 'FlateDecode':
    case 'Fl':
      return flate(data, limit, budget)
    case 'LZWDecode':
    case 'LZW':
      return lzw(data, early, limit, budget)
    case 'ASCII85Decode':
    case 'A85':
      return ascii85(data, limit)
    case 'ASCIIHexDecode':
    case 'AHx':
      return asciiHex(data)
    case 'RunLengthDecode':
    case 'RL':
      return runLength(data, limit)
    case 'Crypt':
      return { data, whole: true }
    default:
      return null
  }
}
