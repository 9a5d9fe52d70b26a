import type { Budget } from '../../file/budget.ts'
import { isTooLarge, readPictureHeader } from '../../picture/header.ts'
import { asArray, asName, asNumber, pdfLimits, type Dict, type PdfFile } from '../object/index.ts'
import { unfilter } from '../object/filters.ts'
import type { Placed } from '../page/index.ts'
import { coloursOf, type Colours } from './colours.ts'
import { greyPng } from './png.ts'

/** Larger pictures hold no QR an invoice prints, or a scanned page that is taken as JPEG. Pixels. */
const maxPixels = 12_000_000
/** A QR drawn with fewer pixels than this is enlarged, or its modules are too small to be found. */
const smallSide = 400

/** A picture as a file that QR readers take, or why it is none. */
export type PictureFile = { readonly bytes: Uint8Array } | { readonly fault: 'undecodable' | 'too-large' | 'not-a-picture' }

/** Turns a picture of a page into a JPEG (as it is) or a grey PNG with a white margin. Nothing is rendered. */
export function pictureFile(file: PdfFile, placed: Placed, budget: Budget): PictureFile {
  const { dict, raw, stream } = placed.picture
  const width = asNumber(file.get(dict, 'Width')) ?? 0
  const height = asNumber(file.get(dict, 'Height')) ?? 0
  if (!(Number.isInteger(width) && Number.isInteger(height)) || width < 21 || height < 21) return { fault: 'not-a-picture' }
  if (isTooLarge({ width, height })) return { fault: 'too-large' }
  if (width * height > maxPixels && !isJpeg(file, dict)) return { fault: 'too-large' }
  const { data, rest } = stream ? file.data(stream, pdfLimits.picture) : unfilter(raw, dict, file.resolve, budget)
  if (rest === 'DCTDecode' || rest === 'DCT') {
    const header = readPictureHeader(data)
    if (header?.type !== 'jpeg') return { fault: 'undecodable' }
    return isTooLarge(header) ? { fault: 'too-large' } : { bytes: data }
  }
  if (rest !== null) return { fault: 'undecodable' }
  const isMask = file.get(dict, 'ImageMask') === true
  const bits = isMask ? 1 : (asNumber(file.get(dict, 'BitsPerComponent')) ?? 8)
  const colours = isMask ? mask : coloursOf(file, dict.get('ColorSpace'), placed.resources)
  if (!colours || ![1, 2, 4, 8, 16].includes(bits)) return { fault: 'undecodable' }
  const grey = toGrey(data, width, height, bits, colours, isInverted(file, dict))
  return withMargin(grey, width, height)
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

/** With the white margin a QR needs; small ones with larger pixels. */
export function withMargin(grey: Uint8Array, width: number, height: number): PictureFile {
  const by = Math.max(1, Math.min(8, Math.ceil(smallSide / Math.max(width, height))))
  const margin = Math.ceil((Math.max(width, height) * by) / 12)
  const [w, h] = [width * by + 2 * margin, height * by + 2 * margin]
  const out = new Uint8Array(w * h).fill(255)
  for (let y = 0; y < height * by; y++) {
    const from = Math.floor(y / by) * width
    const to = (y + margin) * w + margin
    if (by === 1) out.set(grey.subarray(from, from + width), to)
    else for (let x = 0; x < width * by; x++) out[to + x] = grey[from + Math.floor(x / by)]!
  }
  return { bytes: greyPng(out, w, h) }
}
