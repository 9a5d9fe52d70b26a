import type { Draft, Problem } from '../../../domain/index.ts'
import type { Budget } from '../../file/budget.ts'
import type { Picture, ReadPictures } from '../../file/qrs.ts'
import { refusalOf } from '../../file/refusal.ts'
import { readQr } from '../../qr/index.ts'
import type { PdfFile } from '../object/index.ts'
import type { Box, Shown } from '../page/index.ts'
import { likelyPictures } from './candidates.ts'
import { modulesPicture } from './modules.ts'
import { pictureFile } from './raster.ts'

/** An invoice QR on a page, and where it is. */
export interface FoundQr {
  readonly draft: Draft
  readonly box: Box
}

/**
 * The QRs of a page: from drawn modules, square pictures, then all others as long as there is none. Once each of the numbers printed on the
 * page has been found in one, a glance at the rest is enough: another QR that says something else is not to be overlooked.
 */
export async function findQrs(
  file: PdfFile,
  shown: Shown,
  budget: Budget,
  readPictures: ReadPictures | undefined,
  printed: readonly string[],
): Promise<{ readonly qrs: readonly FoundQr[]; readonly problems: readonly Problem[] }> {
  const found = new Map<string, FoundQr>()
  const problems = new Map<string, Problem>()
  const tell = (code: string, message: string) => problems.set(code, { code, message })

  const isComplete = () =>
    printed.length > 0 && printed.every((number) => [...found.values()].some(({ draft }) => draft.invoice.number === number))

  async function look(picture: Picture, box: Box): Promise<void> {
    if (!readPictures) {
      tell('pictures-not-read', 'The pictures in the file were not searched for a QR')
      return
    }
    await budget.pause()
    try {
      for (const text of await readPictures(picture, isComplete())) {
        const draft = readQr(text)
        if (draft && !found.has(text)) found.set(text, { draft, box })
      }
    } catch (error) {
      const refusal = refusalOf(error)
      if (refusal.code === 'aborted' || refusal.code === 'deadline') throw refusal
      tell('picture-undecodable', 'A picture in the file cannot be decoded')
    }
  }

  for (const group of shown.rectangles) {
    const drawn = modulesPicture(group)
    if (drawn) await look(drawn.picture, drawn.box)
  }
  const { square, others } = likelyPictures(shown)
  for (const [list, onlyWhenNone] of [
    [square, false],
    [others, true],
  ] as const) {
    for (const placed of list) {
      if (onlyWhenNone && found.size > 0) break
      const taken = await pictureFile(file, placed, budget)
      if ('picture' in taken) await look(taken.picture, placed.box)
      else if (taken.fault === 'too-large') tell('picture-too-large', 'A picture in the file is too large to be searched for a QR')
      else if (taken.fault === 'undecodable')
        tell('picture-undecodable', 'A picture on the page, often the QR, is of a form that cannot be decoded')
    }
  }
  return { qrs: [...found.values()], problems: found.size > 0 ? [] : [...problems.values()] }
}
