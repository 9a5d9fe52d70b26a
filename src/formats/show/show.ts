import { budgetOf } from '../file/budget.ts'
import { walkFiles } from '../file/read-file.ts'
import { formatOf, open } from '../file/readers.ts'
import type { ReadOptions } from '../file/reading.ts'
import { Refusal, refusalOf } from '../file/refusal.ts'
import { ofdLimits, openPackage } from '../package/index.ts'
import { isTooLarge, readPictureHeader } from '../picture/header.ts'
import { parseXml } from '../xml/index.ts'
import { formsOf } from './form.ts'
import type { Shown, Wanted } from './shown.ts'

/** Archives are not opened beyond one level. */
type Depth = 'outside' | 'inside'

/** How a file of any format is shown, found by its content. Never throws for what a file holds. */
export async function showFile(bytes: Uint8Array<ArrayBuffer>, wanted: Wanted | null, options: ReadOptions = {}): Promise<Shown> {
  try {
    return await show(bytes, wanted, options, 'outside')
  } catch (error) {
    const { code, message } = refusalOf(error)
    return { is: 'refused', problem: { code, message } }
  }
}

async function show(bytes: Uint8Array<ArrayBuffer>, wanted: Wanted | null, options: ReadOptions, depth: Depth): Promise<Shown> {
  const budget = budgetOf(options)
  const opened = open(bytes, budget)
  const format = formatOf(opened)
  switch (format) {
    case 'ofd': {
      const { drawOfd } = await import('../ofd/page/index.ts')
      const { problems, ...drawing } = await drawOfd(openPackage(bytes, ofdLimits, budget), budget)
      return { is: 'drawn', drawing, problems }
    }
    case 'pdf':
      return { is: 'pdf', bytes }
    case 'image': {
      const header = readPictureHeader(bytes)
      if (!header) throw new Refusal('file-damaged', 'The picture is damaged')
      if (isTooLarge(header)) throw new Refusal('file-too-large', 'The picture has more than 40 megapixels')
      return { is: 'picture', type: `image/${header.type === 'heif' ? 'heic' : header.type}`, bytes }
    }
    case 'xml': {
      const forms = formsOf(parseXml(bytes, budget))
      if (forms.length === 0) throw new Refusal('format-unsupported', 'The XML holds no invoice that could be set')
      return { is: 'form', forms }
    }
    case 'zip':
      return (depth === 'outside' && wanted !== null && (await showWithin(bytes, wanted, options))) || { is: 'archive' }
  }
}

/** The file of an archive that holds the wanted invoice; null when none says so in its text. */
async function showWithin(bytes: Uint8Array, wanted: Wanted, options: ReadOptions): Promise<Shown | null> {
  if (wanted.number === null) return null
  for await (const { bytes: inner, reading } of walkFiles(bytes, options)) {
    const holds = reading.drafts.some(({ invoice }) => invoice.number === wanted.number && (invoice.code ?? null) === wanted.code)
    if (inner && holds) return show(inner.slice(), null, options, 'inside')
  }
  return null
}
