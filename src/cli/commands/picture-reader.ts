import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { readPictureFile, type ReadPictures } from '../../formats/index.ts'

/** Finds QRs in picture files with the engine's own decoder. The engine is loaded with the first picture. */
export function pictureReader(): ReadPictures {
  let wasm: Promise<ArrayBuffer> | null = null
  const load = async (): Promise<ArrayBuffer> => {
    const bytes = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
  }
  return async (picture) => {
    const seen = await readPictureFile(picture, { bytes: await (wasm ??= load()) })
    if (!seen.ok) throw new Error(`the picture is ${seen.fault}`)
    return seen.codes.map(({ text }) => text)
  }
}
