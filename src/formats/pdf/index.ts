import type { Draft, Problem } from '../../domain/index.ts'
import { combine, toReading, type Reading } from '../fields/index.ts'
import type { Budget } from '../file/budget.ts'
import type { ReadPictures } from '../file/qrs.ts'
import { Refusal } from '../file/refusal.ts'
import { hasTitle, isGoodsList, isUnreadable, joinSheets, readGoodsLists, readMeasuredText, type TextItem } from '../page-text/index.ts'
import { readQr } from '../qr/index.ts'
import { readAttachments } from './attachments.ts'
import { bandsOf, numbersOf } from './bands.ts'
import { readInfo } from './info.ts'
import { openPdf, type PdfFile } from './object/index.ts'
import { createInterpreter, itemsOf, readPages, type Interpreter, type PdfPage } from './page/index.ts'
import { findQrs } from './picture/index.ts'

/** An invoice found in a PDF, and the page (from 1) it begins on. */
export interface PdfInvoice {
  readonly draft: Draft
  readonly page: number
}

/** What one page, or the part of one that holds an invoice, gives. */
interface Sheet {
  readonly page: number
  readonly text: Reading
  readonly items: readonly TextItem[]
  readonly qrs: readonly Draft[]
  readonly problems: readonly Problem[]
}

/**
 * Reads the invoices of a PDF by every route it has: embedded XML, QRs, the Info dictionary, and the printed text. Nothing is rendered
 * and nothing in it is run.
 * Throws {@link Refusal} only when the file as a whole cannot be read.
 */
export async function readPdf(
  bytes: Uint8Array,
  budget: Budget,
  readPictures: ReadPictures | undefined,
): Promise<{ readonly invoices: readonly PdfInvoice[]; readonly problems: readonly Problem[] }> {
  const file = openPdf(bytes, budget)
  const pages = readPages(file)
  if (pages.length === 0) throw new Refusal('file-damaged', 'The PDF has no page that can be found')
  const interpreter = createInterpreter(file, budget)
  const sheets: Sheet[] = []
  for (const [index, page] of pages.entries()) {
    await budget.pause()
    sheets.push(...(await readSheets(file, interpreter, page, index + 1, budget, readPictures)))
  }
  const attachments = readAttachments(file, pages, budget)
  const invoices = gather(sheets, attachments.readings, toReading(readInfo(file), 'info-dict'), attachments.problems)
  const damage = file.problems
  if (invoices.length > 0)
    return {
      invoices: invoices.map(({ draft, page }) => ({ page, draft: { ...draft, problems: [...draft.problems, ...damage] } })),
      problems: [],
    }
  const told = unique([...sheets.flatMap(({ problems, text }) => [...problems, ...text.problems]), ...attachments.problems, ...damage])
  return { invoices: [], problems: [...told, { code: 'no-invoice', message: 'The PDF shows no invoice that can be read' }] }
}

async function readSheets(
  file: PdfFile,
  interpreter: Interpreter,
  page: PdfPage,
  number: number,
  budget: Budget,
  readPictures: ReadPictures | undefined,
): Promise<Sheet[]> {
  const shown = interpreter.show(page)
  const items = itemsOf(shown, page.width, page.height)
  const { qrs, problems } = await findQrs(file, shown, budget, readPictures, numbersOf(items))
  const bands = bandsOf(
    items,
    qrs.map(({ box }) => box),
  )
  const doubts = isUnreadable(items)
    ? [
        ...problems,
        { code: 'text-unreadable', message: 'The text of the page is drawn in a font that does not say what its characters are' },
      ]
    : problems
  return bands.map((band) => ({
    page: number,
    text: readMeasuredText(band.items),
    items: band.items,
    qrs: qrs
      .filter(
        ({ box }) => isIn((box.top + box.bottom) / 2, band.top, band.bottom) && isIn((box.left + box.right) / 2, band.left, band.right),
      )
      .map(({ draft }) => draft),
    problems: doubts,
  }))
}

function isIn(at: number, from: number, to: number): boolean {
  return at >= from && at < to
}

/** One invoice: the sheets that show it, and what the file says of it beside its pages. */
interface Gathered {
  readonly number: string | null
  readonly page: number
  readonly readings: Reading[]
  /** The text of its sheets, for lines that go on from one to the next. */
  readonly sheets: (readonly TextItem[])[]
  /** The text of sheets without a head that follow them. */
  readonly rest: (readonly TextItem[])[]
  /** The sheets of its list of goods. */
  readonly lists: (readonly TextItem[])[]
  readonly qrs: Draft[]
  readonly problems: Problem[]
}

function gather(
  sheets: readonly Sheet[],
  attached: readonly { readonly reading: Reading; readonly qr: string | null }[],
  info: Reading,
  problems: readonly Problem[],
): PdfInvoice[] {
  const all: Gathered[] = []
  const of = (number: string | null, page: number): Gathered => {
    const known = number === null ? undefined : all.find((one) => one.number === number)
    if (known) return known
    const fresh: Gathered = { number, page, readings: [], sheets: [], rest: [], lists: [], qrs: [], problems: [...problems] }
    all.push(fresh)
    return fresh
  }
  for (const sheet of sheets) {
    const before = all.at(-1)
    if (before && isGoodsList(sheet.items)) {
      before.lists.push(sheet.items)
      continue
    }
    if (before && isRest(sheet)) {
      before.rest.push(sheet.items)
      continue
    }
    const shown = invoicesOf(sheet)
    for (const { text, qrs } of shown) {
      const number = qrs[0]?.invoice.number ?? text?.invoice.number ?? null
      const known = of(number, sheet.page)
      if (text) {
        known.readings.push(text)
        known.sheets.push(sheet.items)
      }
      known.qrs.push(...qrs)
      known.problems.push(...sheet.problems)
      if (shown.length > 1 && sheet.text.invoice.number !== null) known.problems.push(several)
    }
  }
  const [only] = all
  for (const { reading, qr } of attached) {
    const number = reading.invoice.number
    const fits = all.find((one) => one.number === number) ?? (attached.length === 1 && all.length === 1 ? only : undefined)
    const known = fits ?? of(number, 1)
    known.readings.unshift(reading)
    const draft = qr === null ? null : readQr(qr)
    if (draft) known.qrs.push(draft)
  }
  if (Object.keys(info.provenance).length > 0) {
    const known = all.length === 1 ? all[0] : all.find((one) => one.number !== null && one.number === info.invoice.number)
    if (known) known.readings.push(info)
    else if (all.length === 0) of(info.invoice.number, 1).readings.push(info)
  }
  return all.flatMap((one) => {
    const joined = one.sheets.length > 1 && one.readings.every(({ invoice }) => invoice.lines.length === 0) ? joinSheets(one.sheets) : null
    if (joined) one.readings.push(readMeasuredText(joined))
    const [sheet] = one.sheets
    if (sheet && one.sheets.length === 1 && one.rest.length > 0 && one.readings.every(isCut))
      one.readings.push(readMeasuredText(continued([sheet, ...one.rest])))
    const total = one.readings.map(({ invoice }) => invoice.amountExTax).find((fen) => fen !== null)
    const listed = one.lists.length > 0 && total !== undefined ? readGoodsLists(one.lists, total) : null
    if (listed && one.readings.every(({ invoice }) => invoice.lines.length === 0)) one.readings.push(listed)
    const draft = combine(one.readings, one.qrs, unique(one.problems))
    return draft ? [{ draft, page: one.page }] : []
  })
}

const several: Problem = { code: 'qr-several', message: 'Beside the invoice that is printed there are QRs of others' }

/** The invoices of one sheet. Several QRs and no number beside them are several invoices; a sheet with neither QR nor number is none. */
function invoicesOf({ text, qrs }: Sheet): { readonly text: Reading | null; readonly qrs: readonly Draft[] }[] {
  const numbers = [...new Set(qrs.map(({ invoice }) => invoice.number))]
  const printed = text.invoice.number
  const ofText = numbers.find((number) => number === printed)
  const isTold = Object.keys(text.provenance).length > 0
  if (numbers.length <= 1) return qrs.length > 0 || printed !== null || hasElements(text) ? [{ text: isTold ? text : null, qrs }] : []
  return numbers.map((number) => ({
    text: isTold && number === ofText ? text : null,
    qrs: qrs.filter(({ invoice }) => invoice.number === number),
  }))
}

/** The end of an invoice too long for its sheet, or of a remark, which may name any other: a sheet without a head. */
function isRest({ text: { invoice }, qrs, items }: Sheet): boolean {
  const isHeadless = invoice.kind === 'other' && invoice.code === null && invoice.issuedOn === null
  return qrs.length === 0 && isHeadless && !hasTitle(items)
}

/** Whether an invoice breaks off: its sums come last, or the seller of older forms. */
function isCut({ invoice: { kind, amount, seller } }: Reading): boolean {
  return amount === null || (kind.startsWith('vat-') && seller.name === null)
}

/** The text of sheets that go on from one to the next, as one. */
function continued(sheets: readonly (readonly TextItem[])[]): TextItem[] {
  let from = 0
  return sheets.flatMap((items) => {
    const by = from
    from += items.reduce((most, { y }) => Math.max(most, y), 0)
    return items.map((item) => ({ ...item, y: item.y + by }))
  })
}

/** Enough to be an invoice whose number could not be read. */
function hasElements({ invoice }: Reading): boolean {
  return invoice.issuedOn !== null && (invoice.amount ?? invoice.amountExTax) !== null
}

function unique(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((one) => [`${one.code} ${one.message}`, one])).values()]
}
