import { binarizers, type Binarizer, prepareZXingModule } from 'zxing-wasm/reader'
import type { Luminance } from './luminance.ts'

/** Where the engine's WebAssembly comes from: its bytes (Node) or an address of our own origin (browser). Never the package's default, a CDN. */
export type WasmSource = { readonly bytes: ArrayBuffer } | { readonly url: string }

export interface Corner {
  readonly x: number
  readonly y: number
}

/** A QR the engine found, in pixels of the picture it was read in. `text` is null when it was seen but could not be decoded. */
export interface QrSymbol {
  readonly text: string | null
  readonly corners: readonly [Corner, Corner, Corner, Corner]
}

/** How one pass turns grey into black and white, and how hard it looks. */
export interface PassOptions {
  readonly threshold?: 'local' | 'global' | 'fixed'
  /** A morphological closing after thresholding: heals modules torn by noise. */
  readonly denoise?: boolean
  /** Fewer scan lines, upright only: for the many frames of a camera. */
  readonly quick?: boolean
  /** Light modules on a dark ground too. */
  readonly inverted?: boolean
  /** The picture holds one upright, undistorted symbol and its quiet zone only. */
  readonly pure?: boolean
  /** A third of the size too, by the engine itself. */
  readonly smaller?: boolean
}

/** One pass of the QR engine over a picture. Synchronous: `openReader` has loaded everything. */
export interface QrReader {
  readonly read: (image: Luminance, options?: PassOptions) => QrSymbol[]
  /**
   * One thorough pass: over pixels, or over a picture file with the engine's own decoder (JPEG, PNG, GIF, BMP; not WebP), for realms without
   * a canvas. Look at the header first: it decodes whatever size it is given. A file it cannot decode has no symbols.
   */
  readonly readOnce: (picture: Uint8Array | Luminance) => QrSymbol[]
}

/** What this file uses of the Emscripten module; the package's own type needs ambient declarations this project does not have. */
interface Engine {
  readonly HEAPU8: Uint8Array
  readonly _malloc: (size: number) => number
  readonly _free: (pointer: number) => void
  readonly readBarcodesFromPixmap: (pointer: number, width: number, height: number, options: object) => EngineResults
  readonly readBarcodesFromImage: (pointer: number, length: number, options: object) => EngineResults
}

interface EngineResults {
  readonly size: () => number
  readonly get: (index: number) => { readonly isValid: boolean; readonly text: string; readonly position: Record<Side, Corner> } | undefined
  readonly delete?: () => void
}

type Side = 'topLeft' | 'topRight' | 'bottomRight' | 'bottomLeft'

const thresholds = { local: 'LocalAverage', global: 'GlobalHistogram', fixed: 'FixedThreshold' } satisfies Record<string, Binarizer>

const thorough: PassOptions = { inverted: true, smaller: true }

/** A page holds a handful of QRs; a picture full of them must not hold the worker. */
const maxSymbols = 16

/**
 * Loads the QR engine (once per process or worker; the same source gives the same engine).
 * @throws what instantiating the WebAssembly throws.
 */
export async function openReader(source: WasmSource): Promise<QrReader> {
  const overrides = 'bytes' in source ? { wasmBinary: source.bytes } : { locateFile: () => source.url }
  const engine = (await prepareZXingModule({ overrides, fireImmediately: true })) as unknown as Engine
  const read: QrReader['read'] = ({ data, width, height }, options = {}) =>
    withBytes(engine, data, (pointer) => engine.readBarcodesFromPixmap(pointer, width, height, engineOptions(options)))
  return {
    read,
    readOnce: (picture) =>
      picture instanceof Uint8Array
        ? withBytes(engine, picture, (pointer) => engine.readBarcodesFromImage(pointer, picture.length, engineOptions(thorough)))
        : read(picture, thorough),
  }
}

function withBytes(engine: Engine, data: Uint8Array | Uint8ClampedArray, run: (pointer: number) => EngineResults): QrSymbol[] {
  const pointer = engine._malloc(data.length)
  if (pointer === 0) throw new RangeError(`no memory for ${data.length} bytes`)
  try {
    engine.HEAPU8.set(data, pointer)
    const results = run(pointer)
    const symbols: QrSymbol[] = []
    for (let i = 0; i < results.size(); i++) {
      const result = results.get(i)
      if (!result) continue
      const { topLeft, topRight, bottomRight, bottomLeft } = result.position
      const text = result.isValid && result.text !== '' ? result.text : null
      symbols.push({ text, corners: [topLeft, topRight, bottomRight, bottomLeft] })
    }
    results.delete?.()
    return symbols
  } finally {
    engine._free(pointer)
  }
}

function engineOptions({
  threshold = 'local',
  denoise = false,
  quick = false,
  inverted = false,
  pure = false,
  smaller = false,
}: PassOptions): object {
  return {
    formats: 'QRCode',
    tryHarder: !quick,
    tryRotate: !quick,
    tryInvert: inverted,
    tryDownscale: smaller,
    tryDenoise: denoise,
    binarizer: binarizers.indexOf(thresholds[threshold]),
    isPure: pure,
    downscaleFactor: 3,
    downscaleThreshold: 500,
    minLineCount: 2,
    maxNumberOfSymbols: maxSymbols,
    validateOptionalChecksum: false,
    returnErrors: true,
    eanAddOnSymbol: 0,
    // Plain text as printed: the payload reader wants no escapes and no ECI prefixes.
    textMode: 0,
    characterSet: 0,
    tryCode39ExtendedMode: false,
  }
}
