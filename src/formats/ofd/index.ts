import type { Draft, Problem } from '../../domain/index.ts'
import { combine, type Reading } from '../fields/index.ts'
import type { Budget } from '../file/budget.ts'
import { readQrs, type ReadPictures } from '../file/qrs.ts'
import { Refusal } from '../file/refusal.ts'
import type { Package } from '../package/index.ts'
import { readDocuments, type OfdDocument } from './document.ts'
import { partsOf } from './parts.ts'
import { picturesOf } from './pictures.ts'
import { readRoutes, type Routes } from './routes.ts'
import { readText } from './text.ts'

/** An invoice found in an OFD, and the page (from 1) it begins on. */
export interface OfdInvoice {
  readonly draft: Draft
  readonly page: number
}

/**
 * Reads the invoices of an OFD package (GB/T 33190) by every route it has.
 * Throws {@link Refusal} only when the package as a whole cannot be read.
 */
export async function readOfd(
  pack: Package,
  budget: Budget,
  readPictures: ReadPictures | undefined,
): Promise<{ readonly invoices: readonly OfdInvoice[]; readonly problems: readonly Problem[] }> {
  const parts = partsOf(pack, budget)
  const main = parts.xml('OFD.xml')
  if (!main) throw new Refusal('file-damaged', 'The OFD has no readable OFD.xml')
  const invoices: OfdInvoice[] = []
  const problems: Problem[] = []
  let page = 1
  const met = new Set<OfdDocument>()
  for (const document of readDocuments(parts, main)) {
    const at = page
    page += Math.max(1, document.pages.length)
    if (met.has(document)) continue
    met.add(document)
    const routes = readRoutes(parts, document, readText(parts, document))
    const images = await picturesOf(parts, document, readPictures !== undefined)
    const qrs = await readQrs(routes.qrTexts, [...routes.qrPictures, ...images.pictures], readPictures)
    budget.check()
    const doubts = [...routes.problems, ...images.problems, ...qrs.problems]
    const found = draftsOf(routes, qrs.drafts, doubts)
    invoices.push(...found.map(({ draft, offset }) => ({ draft, page: at + offset })))
    if (found.length === 0) problems.push(...doubts)
  }
  const damage = parts.problems
  return {
    invoices: invoices.map(({ draft, page: on }) => ({ page: on, draft: { ...draft, problems: [...draft.problems, ...damage] } })),
    problems:
      invoices.length > 0 ? [] : [...problems, ...damage, { code: 'no-invoice', message: 'The OFD holds no invoice that can be read' }],
  }
}

/** Invoices of one document. The real ones have a few dozen at most. */
const mostInvoices = 500

/**
 * One draft, unless two pages or two attachments each name an invoice of their own. Two routes that name different numbers for the same
 * page are no two invoices but a contradiction, and stay together to be told as one.
 */
function draftsOf(routes: Routes, qrs: readonly Draft[], problems: readonly Problem[]): { draft: Draft; offset: number }[] {
  const numbered = (readings: readonly Reading[]) => [...new Set(readings.flatMap(({ invoice }) => invoice.number ?? []))]
  const all = [...routes.attachments, ...routes.tags, ...routes.customData, ...routes.pages]
  if (numbered(routes.pages).length <= 1 && numbered(routes.attachments).length <= 1) {
    const firstPage = routes.joined ?? routes.pages.find(({ invoice }) => invoice.number !== null) ?? routes.pages[0]
    const draft = combine([...routes.attachments, ...routes.tags, ...routes.customData, ...(firstPage ? [firstPage] : [])], qrs, problems)
    return draft ? [{ draft, offset: 0 }] : []
  }
  const told = [...problems, { code: 'several-invoices', message: `One document holds several invoices; at most ${mostInvoices} are read` }]
  return numbered(all)
    .slice(0, mostInvoices)
    .flatMap((number) => {
      const ours = ({ invoice }: Pick<Reading, 'invoice'>) => invoice.number === number
      const draft = combine(all.filter(ours), qrs.filter(ours), told)
      return draft ? [{ draft, offset: Math.max(0, routes.pages.findIndex(ours)) }] : []
    })
}
