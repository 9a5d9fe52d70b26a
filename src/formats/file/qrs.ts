import type { Draft, Problem } from '../../domain/index.ts'
import type { Luminance } from '../picture/luminance.ts'
import { readQr } from '../qr/index.ts'
import { refusalOf } from './refusal.ts'

/** A picture as a file (PNG, JPEG), or as the pixels it was decoded to here. */
export type Picture = Uint8Array | Luminance

/**
 * Reads the QR texts of a picture. Passed in: what it needs differs between page, worker and Node.
 * @param isGlance one look is enough: what was sought has been found, and only what is plain to see is wanted beside it.
 */
export type ReadPictures = (picture: Picture, isGlance?: boolean) => Promise<readonly string[]>

/** Drafts of the invoice QRs among these texts and pictures, the same one once. */
export async function readQrs(
  texts: readonly string[],
  pictures: readonly Picture[],
  readPictures: ReadPictures | undefined,
): Promise<{ readonly drafts: readonly Draft[]; readonly problems: readonly Problem[] }> {
  const problems: Problem[] = []
  const found = new Set(texts)
  if (pictures.length > 0 && !readPictures)
    problems.push({ code: 'pictures-not-read', message: 'The pictures in the file were not searched for a QR' })
  for (const picture of readPictures ? pictures : []) {
    try {
      for (const text of (await readPictures?.(picture)) ?? []) found.add(text)
    } catch (error) {
      const refusal = refusalOf(error)
      if (refusal.code === 'aborted' || refusal.code === 'deadline') throw refusal
      problems.push({ code: 'picture-undecodable', message: 'A picture in the file cannot be decoded' })
    }
  }
  const drafts = [...found].map(readQr).filter((draft) => draft !== null)
  const numbers = new Set(drafts.map(({ invoice }) => invoice.number))
  if (numbers.size > 1) problems.push({ code: 'qr-several', message: 'The file carries the QRs of several invoices' })
  return { drafts, problems }
}
