import { combine } from '../fields/index.ts'
import { readQrs, type ReadPictures } from './qrs.ts'
import type { Content } from './reading.ts'
import { Refusal } from './refusal.ts'

/** The invoices whose QRs a picture shows. Nothing else in a picture is read here. */
export async function readPicture(bytes: Uint8Array, readPictures: ReadPictures | undefined): Promise<Content> {
  if (!readPictures) throw new Refusal('format-unsupported', 'Pictures cannot be searched for QRs here')
  const { drafts, problems } = await readQrs([], [bytes], readPictures)
  const undecodable = problems.find(({ code }) => code === 'picture-undecodable')
  if (undecodable) throw new Refusal('file-damaged', 'The picture is damaged, too large or of a form that cannot be decoded')
  const invoices = drafts.flatMap((qr) => combine([], [qr]) ?? []).map((draft) => ({ draft, page: 1 }))
  return { invoices, problems: invoices.length > 0 ? [] : [{ code: 'no-invoice', message: 'The picture shows no invoice QR' }] }
}
