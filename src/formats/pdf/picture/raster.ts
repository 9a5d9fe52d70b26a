import type { Budget } from '../../file/budget.ts'
import type { Picture } from '../../file/qrs.ts'
import { decodeFax } from '../../picture/forms/fax.ts'
import { isPlainJbig2, jbig2File, jbig2Grey, jbig2Size } from '../../picture/forms/jbig2.ts'
import { withMargin } from '../../picture/forms/margin.ts'
import { isTooLarge, readPictureHeader } from '../../picture/header.ts'
import { asArray, asName, asNumber, pdfLimits, Stream, type Dict, type PdfFile } from '../object/index.ts'
import { unfilter } from '../object/filters.ts'
import type { Placed } from '../page/index.ts'
import { coloursOf, type Colours } from './colours.ts'

/** Larger pictures hold no QR an invoice prints, or a scanned page that is taken as JPEG. Pixels. */
const maxPixels = 12_000_000

/** A picture as QR readers take it, or why it is none. */
export type PictureFile = { readonly picture: Picture } | { readonly fault: 'undecodable' | 'too-large' | 'not-a-picture' }

/**
 * Turns a picture of a page into a JPEG (as it is; so is a JPEG 2000, which only some platforms can decode) or grey pixels with a white
 * margin. Nothing is rendered.
 */
export async function pictureFile(file: PdfFile, placed: Placed, budget: Budget): Promise<PictureFile> {
  const { dict, raw, stream } = placed.picture
  const width = asNumber(file.get(dict, 'Width')) ?? 0
  const height = asNumber(file.get(dict, 'Height')) ?? 0
  if (!(Number.isInteger(width) && Number.isInteger(height)) || width < 21 || height < 21) return { fault: 'not-a-picture' }
  if (isTooLarge({ width, height })) return { fault: 'too-large' }
  if (width * height > maxPixels && !isJpeg(file, dict)) return { fault: 'too-large' }
  const { data, rest, parms } = stream ? file.data(stream, pdfLimits.picture) : unfilter(raw, dict, file.resolve, budget)
  if (rest === 'DCTDecode' || rest === 'DCT') {
    const header = readPictureHeader(data)
    if (header?.type !== 'jpeg') return { fault: 'undecodable' }
    return isTooLarge(header) ? { fault: 'too-large' } : { picture: data }
  }
  if (rest === 'JPXDecode') {
    const header = readPictureHeader(data)
    if (header?.type !== 'jp2') return { fault: 'undecodable' }
    return isTooLarge(header) ? { fault: 'too-large' } : { picture: data }
  }
  const samples = rest === null ? data : await bitsOf(file, rest, data, parms, { width, height }, budget)
  if (!samples) return { fault: 'undecodable' }
  const isMask = file.get(dict, 'ImageMask') === true
  const bits = isMask || rest !== null ? 1 : (asNumber(file.get(dict, 'BitsPerComponent')) ?? 8)
  const colours = isMask ? mask : coloursOf(file, dict.get('ColorSpace'), placed.resources)
  if (!colours || ![1, 2, 4, 8, 16].includes(bits)) return { fault: 'undecodable' }
  const grey = toGrey(samples, width, height, bits, colours, isInverted(file, dict))
  return { picture: withMargin(grey, width, height) }
}

/** The samples of a picture of black and white, one bit each, 1 white: of a fax, or of JBIG2 made of plain regions. Null for others. */
async function bitsOf(
  file: PdfFile,
  form: string,
  data: Uint8Array,
  parms: Dict | null,
  { width, height }: { readonly width: number; readonly height: number },
  budget: Budget,
): Promise<Uint8Array | null> {
  if (form === 'CCITTFaxDecode' || form === 'CCF') {
    const columns = asNumber(file.get(parms, 'Columns')) ?? 1_728
    if (columns !== width) return null
    const fax = decodeFax(
      data,
      {
        k: asNumber(file.get(parms, 'K')) ?? 0,
        columns,
        rows: height,
        isByteAligned: file.get(parms, 'EncodedByteAlign') === true,
        isBlack1: file.get(parms, 'BlackIs1') === true,
      },
      budget,
    )
    return fax.data
  }
  if (form !== 'JBIG2Decode') return null
  const globals = file.get(parms, 'JBIG2Globals')
  const whole = jbig2File(data, globals instanceof Stream ? file.data(globals).data : null)
  const size = jbig2Size(whole)
  if (!size || size.width !== width || size.height !== height || !isPlainJbig2(whole)) return null
  const grey = await jbig2Grey(whole)
  return grey && packed(grey, width, height)
}

/** One bit a pixel, rows of whole bytes. */
function packed(grey: Uint8Array, width: number, height: number): Uint8Array {
  const row = Math.ceil(width / 8)
  const out = new Uint8Array(row * height)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) if (grey[y * width + x] !== 0) out[y * row + (x >> 3)]! |= 128 >> (x & 7)
  return out
}

function isJpeg(file: PdfFile, dict: Dict): boolean {
  const filter = file.get(dict, 'Filter')
  const last = asName(file.resolve(asArray(filter)?.at(-1) ?? filter))
  return last === 'DCTDecode' || last === 'DCT'
}

/** A stencil paints where the sample is 0. */
const mask: Colours = { components: 1, grey: (samples, at) => ((samples[at] ?? 0) === 0 ? 0 : 255) }

function isInverted(file: PdfFile, dict: Dict): boolean {
  const [low, high] = (asArray(file.get(dict, 'Decode')) ?? []).map((one) => asNumber(file.resolve(one)))
  return typeof low === 'number' && typeof high === 'number' && low > high
}

function toGrey(data: Uint8Array, width: number, height: number, bits: number, colours: Colours, inverted: boolean): Uint8Array {
  const { components } = colours
  const row = Math.ceil((width * components * bits) / 8)
  const top = bits === 16 ? 255 : 2 ** bits - 1
  const out = new Uint8Array(width * height).fill(255)
  const samples = new Uint8Array(width * components)
  for (let y = 0; y < height && (y + 1) * row <= data.length; y++) {
    const from = y * row
    for (let index = 0; index < samples.length; index++) {
      const sample =
        bits === 8
          ? data[from + index]!
          : bits === 16
            ? data[from + index * 2]!
            : (data[from + ((index * bits) >> 3)]! >> (8 - bits - ((index * bits) & 7))) & top
      samples[index] = inverted ? top - sample : sample
    }
    for (let x = 0; x < width; x++) out[y * width + x] = colours.grey(samples, x * components, top)
  }
  return out
}
