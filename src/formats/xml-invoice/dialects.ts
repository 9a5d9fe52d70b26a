import { formatMoney, parseDate, parseDigitalNumber, parseMoney, type Kind, type Problem } from '../../domain/index.ts'
import { kindOfTitle, paperKind, type RawInvoice } from '../fields/index.ts'
import type { XmlElement } from '../xml/index.ts'
import { collect, type Collected } from './collect.ts'
import { chineseNames, digitalNames, eInvoiceNames, fiscalNames, pinyinNames, xbrlNames, type Names } from './names.ts'

/** One way to write an invoice in XML. */
interface Dialect {
  /** Elements of which an invoice of this dialect has exactly one; how invoices are found and told apart. */
  readonly markers: readonly string[]
  readonly names: Names
  /** What the names alone do not say. */
  readonly refine?: (collected: Collected) => { readonly raw: RawInvoice; readonly problems: readonly Problem[] }
}

const vatKinds: Readonly<Record<string, Kind>> = { '01': 'digital-special', '02': 'digital-ordinary' }

/** The dialects, in the order they are tried. */
export const dialects = {
  fiscal: { markers: ['einvoicecode'], names: fiscalNames, refine: ({ raw }) => ({ raw: { ...raw, kind: 'fiscal' }, problems: [] }) },
  digital: { markers: ['einvoicedata', 'totalamwithouttax'], names: digitalNames, refine: refineDigital },
  air: { markers: ['electronicinvoiceairtransportreceiptnumber'], names: xbrlNames, refine: refineAir },
  xbrl: { markers: ['numberofinvoice', 'electronicinvoicerailwayeticketnumber'], names: xbrlNames, refine: refineXbrl },
  eInvoice: { markers: ['invoiceno'], names: eInvoiceNames },
  chinese: { markers: chineseNames.fields.number ?? [], names: chineseNames, refine: refineChinese },
  pinyin: { markers: ['fphm', 'sdphm'], names: pinyinNames, refine: refinePaper('fphm') },
} as const satisfies Record<string, Dialect>

/** What one invoice element says. */
export function readDialect(element: XmlElement, dialect: Dialect): { readonly raw: RawInvoice; readonly problems: readonly Problem[] } {
  const collected = collect(element, dialect.names)
  const refined = dialect.refine?.(collected)
  return { raw: refined?.raw ?? collected.raw, problems: [...collected.problems, ...(refined?.problems ?? [])] }
}

/** The dialect of a file and its invoices: the outermost elements that hold one marker each. */
export function findInvoices(root: XmlElement): { readonly dialect: Dialect; readonly elements: readonly XmlElement[] } | null {
  const names = markersIn(root)
  for (const dialect of Object.values<Dialect>(dialects)) {
    for (const marker of dialect.markers.filter((name) => names.has(name))) {
      const elements = outermost(root, marker)
      if (elements.length > 0) return { dialect, elements }
    }
  }
  return null
}

const allMarkers = new Set(Object.values<Dialect>(dialects).flatMap(({ markers }) => markers))

function markersIn(root: XmlElement): Set<string> {
  const found = new Set<string>()
  const visit = ({ name, children }: XmlElement) => {
    if (allMarkers.has(name)) found.add(name)
    for (let at = 0; at < children.length; at++) visit(children[at]!)
  }
  visit(root)
  return found
}

function outermost(root: XmlElement, marker: string): XmlElement[] {
  const found: XmlElement[] = []
  const visit = (element: XmlElement): number => {
    const before = found.length
    let inside = element.name === marker ? 1 : 0
    for (let at = 0; at < element.children.length; at++) inside += visit(element.children[at]!)
    // It takes the place of whatever in it has the same marker.
    if (inside === 1) found.splice(before, 1, element)
    return inside
  }
  visit(root)
  return found
}

/** 数电纸质发票 have a code and a short number, and print a 20-digit one beside them; they are verified by the short one. */
function refinePaper(name: string) {
  return ({ raw, texts }: Collected) => {
    const short = texts(name).find((text) => /^\d{8}$/.test(text))
    if (!raw.code || short === undefined || short === raw.number) return { raw, problems: [] }
    const kind = raw.title && parseDigitalNumber(raw.number ?? '') ? paperKind(raw.title) : null
    return { raw: { ...raw, number: short, kind }, problems: [] }
  }
}

/** In the Chinese words of a 财政票据 the sum is no net sum: there is no tax. */
function refineChinese(collected: Collected) {
  const { raw, texts } = collected
  if (texts('票据代码').length === 0) return refinePaper('发票号码')(collected)
  const [amount = raw.amount] = [...texts('总金额'), ...texts('金额合计'), ...texts('合计金额')]
  return { raw: { ...raw, kind: 'fiscal' as const, amountExTax: null, amount: amount ?? null }, problems: [] }
}

function refineDigital({ raw, texts }: Collected) {
  const problems: Problem[] = []
  const [code] = texts('generalorspecialvat/labelcode')
  const titles = [...texts('generalorspecialvat/labelname'), ...texts('einvoicetype/labelname'), ...texts('typeofinvoice')]
  const number = raw.number ?? null
  const byTitle = kindOfTitle(titles.join(' '), null, number)
  const byCode = code === undefined ? null : (vatKinds[code] ?? null)
  // Rail and air tickets are ordinary invoices in this label; their own words say more.
  const kind = byTitle === 'rail' || byTitle === 'air' ? byTitle : (byCode ?? byTitle)
  if (byCode !== null && byTitle !== null && kind !== byTitle)
    problems.push({ code: 'conflict', message: `kind: the label's code says ${byCode}, its name ${byTitle}` })
  // The number stands twice. Other writers put an id of their own into EIid.
  const [id] = texts('eiid')
  if (id !== undefined && id !== number && parseDigitalNumber(id) && number !== null && parseDigitalNumber(number))
    problems.push({ code: 'conflict', message: `number: the supervision part says ${number}, the header ${id}` })
  // An invoice is issued on the day it is requested, but for those around midnight: told, because a date stands nowhere else.
  const [requested] = texts('requesttime').map(dayOf)
  // The einv instance has no other date than the one of the request.
  if (texts('issuetime').length === 0 && requested && id !== undefined)
    problems.push({ code: 'date-of-request', message: 'issuedOn: only the time of the request is stated' })
  else if (requested && texts('issuetime').length > 0 && requested !== dayOf(raw.issuedOn ?? ''))
    problems.push({ code: 'date-of-request', message: 'issuedOn: the request is of another day' })
  return { raw: { ...raw, kind, title: titles.join(' ') }, problems }
}

function dayOf(text: string): string | null {
  return parseDate(text.slice(0, 10))
}

/** A rail ticket says `Fare` for the sum, tax included. */
function refineXbrl({ raw, texts }: Collected) {
  const isRail = texts('electronicinvoicerailwayeticketnumber').length > 0
  return {
    raw: isRail ? { ...raw, kind: 'rail' as const } : { ...raw, amount: texts('taxincludedamountinfigures')[0] ?? null },
    problems: [],
  }
}

/** Air tickets: the taxed part is fare plus fuel surcharge; the sum also holds the fund and other charges. */
function refineAir({ raw, texts }: Collected) {
  const only = (name: string) => (texts(name).length === 1 ? (texts(name)[0] ?? null) : null)
  const money = (name: string) => parseMoney((only(name) ?? '').replace(/^CNY/i, ''))
  const fare = money('fare')
  const fuel = texts('fuelsurcharge').length === 0 ? 0 : money('fuelsurcharge')
  const air: RawInvoice = {
    ...raw,
    kind: 'air',
    number: only('electronicinvoiceairtransportreceiptnumber'),
    issuedOn: only('issuedate'),
    amountExTax: fare === null || fuel === null ? null : formatMoney(fare + fuel),
    tax: only('vattaxamount'),
    amount: only('totalamount'),
    sellerName: only('nameofseller') ?? only('issueparty'),
  }
  return { raw: air, problems: [] }
}
