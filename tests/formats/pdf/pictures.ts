import { engineBytes } from '../../fixtures/qr-engine.ts'
import type { Picture } from '../../../src/formats/file/qrs.ts'
import { readPictureFile } from '../../../src/formats/picture/file.ts'

const bytes = engineBytes()

/** Finds QRs as the command line does. */
export async function readPictures(picture: Picture): Promise<readonly string[]> {
  const seen = await readPictureFile(picture, { bytes })
  if (!seen.ok) throw new Error(seen.fault)
  return seen.codes.map(({ text }) => text)
}
