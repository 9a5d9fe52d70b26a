import { asArray, asName, asNumber, asString, Stream, type Dict, type PdfFile, type Value } from '../object/index.ts'

/** How samples become grey: the number of components, and the lightness (0–255) of one pixel's. */
export interface Colours {
  readonly components: number
  readonly grey: (samples: Uint8Array | Uint16Array, at: number, top: number) => number
}

/** A colour space, as far as a QR needs it; null for those that do not come with pictures of QRs. */
export function coloursOf(file: PdfFile, value: Value | undefined, resources: Dict | null, depth = 0): Colours | null {
  const space = file.resolve(value)
  const list = asArray(space)
  const name = asName(space) ?? asName(file.resolve(list?.[0]))
  if (name === null || depth > 4) return null
  switch (name) {
    case 'DeviceGray':
    case 'CalGray':
    case 'G':
      return grey
    case 'DeviceRGB':
    case 'CalRGB':
    case 'RGB':
      return rgb
    case 'DeviceCMYK':
    case 'CMYK':
      return cmyk
    case 'Lab':
      return { components: 3, grey: (samples, at, top) => ((samples[at] ?? 0) * 255) / top }
    case 'ICCBased': {
      const profile = file.resolve(list?.[1])
      const count = profile instanceof Stream ? asNumber(file.get(profile.dict, 'N')) : null
      return count === 1 ? grey : count === 3 ? rgb : count === 4 ? cmyk : null
    }
    case 'Separation':
      // A single ink: more of it is darker.
      return { components: 1, grey: (samples, at, top) => 255 - ((samples[at] ?? 0) * 255) / top }
    case 'Indexed':
    case 'I':
      return indexed(file, list, resources, depth)
    default:
      return list ? null : coloursOf(file, file.get(asDictOf(file, resources), name), resources, depth + 1)
  }
}

function asDictOf(file: PdfFile, resources: Dict | null): Dict | null {
  const spaces = file.get(resources, 'ColorSpace')
  return spaces instanceof Map ? spaces : null
}

const grey: Colours = { components: 1, grey: (samples, at, top) => ((samples[at] ?? 0) * 255) / top }
const rgb: Colours = {
  components: 3,
  grey: (samples, at, top) => ((0.299 * (samples[at] ?? 0) + 0.587 * (samples[at + 1] ?? 0) + 0.114 * (samples[at + 2] ?? 0)) * 255) / top,
}
const cmyk: Colours = {
  components: 4,
  grey(samples, at, top) {
    const ink = 0.299 * (samples[at] ?? 0) + 0.587 * (samples[at + 1] ?? 0) + 0.114 * (samples[at + 2] ?? 0) + (samples[at + 3] ?? 0)
    return Math.max(0, 255 - (ink * 255) / top)
  },
}

function indexed(file: PdfFile, list: readonly Value[] | null, resources: Dict | null, depth: number): Colours | null {
  const base = coloursOf(file, list?.[1], resources, depth + 1)
  const table = file.resolve(list?.[3])
  const bytes = table instanceof Stream ? file.data(table).data : asString(table)
  if (!base || !bytes) return null
  const lightness = Uint8Array.from({ length: 256 }, (_, index) => base.grey(bytes, index * base.components, 255))
  return { components: 1, grey: (samples, at) => lightness[samples[at] ?? 0] ?? 0 }
}
