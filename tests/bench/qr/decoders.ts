import jsqr from 'jsqr'
import { readBarcodes } from 'zxing-wasm/reader'
import { searchPicture } from '../../../src/formats/picture/cascade.ts'
import type { Luminance } from '../../../src/formats/picture/luminance.ts'
import { openEngine } from '../../fixtures/qr-engine.ts'

/** A way to turn a picture into the texts of its QRs. */
export interface Decoder {
  readonly name: string
  readonly read: (picture: Luminance) => Promise<readonly string[]>
}

/** Ours, with the budget a picture has in the app; in processor time, so that a busy machine does not change the rate. */
export async function ours(): Promise<Decoder> {
  const engine = await openEngine()
  const limits = { budget: 6000, now: () => process.cpuUsage().user / 1000, pause: () => Promise.resolve() }
  return { name: 'piaozai', read: async (picture) => (await searchPicture(engine, picture, limits)).map(({ text }) => text) }
}

/** The same engine as it comes, once over the whole picture. */
export async function plainZxing(): Promise<Decoder> {
  await openEngine()
  return {
    name: 'zxing-wasm',
    async read(picture) {
      const results = await readBarcodes(rgbaOf(picture), { formats: ['QRCode'] })
      return results.filter(({ isValid }) => isValid).map(({ text }) => text)
    },
  }
}

// The package is CommonJS: Node and bundlers disagree on where its function is.
const jsQR = ('default' in jsqr ? jsqr.default : jsqr) as unknown as JsQr

type JsQr = (
  data: Uint8ClampedArray,
  width: number,
  height: number,
  options: { inversionAttempts: 'dontInvert' },
) => { data: string } | null

/** Without its second attempt on inverted pictures, which these are not and which would double its time. */
export const jsQr: Decoder = {
  name: 'jsQR',
  read(picture) {
    const { data, width, height } = rgbaOf(picture)
    const code = jsQR(data, width, height, { inversionAttempts: 'dontInvert' })
    return Promise.resolve(code ? [code.data] : [])
  },
}

/** The picture as a canvas gives it. */
export function rgbaOf({ data, width, height }: Luminance): ImageData {
  const rgba = new Uint8ClampedArray(width * height * 4)
  for (let i = 0, to = 0; i < data.length; i++, to += 4) {
    rgba[to] = rgba[to + 1] = rgba[to + 2] = data[i]!
    rgba[to + 3] = 255
  }
  return { data: rgba, width, height, colorSpace: 'srgb' } as ImageData
}
