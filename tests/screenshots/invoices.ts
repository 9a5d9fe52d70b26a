import { addDays, formatMoney, type CalendarDate, type Fen } from '../../src/domain/index.ts'

/** An invented invoice. Region 00 does not exist, so no real invoice has its number. */
export interface Invented {
  readonly kind: 'digital-ordinary' | 'digital-special' | 'rail'
  readonly daysAgo: number
  readonly amount: Fen
  readonly seller: string
  readonly state: 'normal' | 'voided' | 'red-flushed'
  /** Whose record it is; `nobody`: no source knows it. */
  readonly known: 'authority' | 'registry' | 'nobody'
  /** What the person typed instead of the amount on the paper. */
  readonly typed?: Fen
  readonly goods: string
}

const by = (
  kind: Invented['kind'],
  daysAgo: number,
  amount: Fen,
  seller: string,
  goods: string,
  more: Partial<Invented> = {},
): Invented => ({
  kind,
  daysAgo,
  amount,
  seller,
  goods,
  state: 'normal',
  known: 'authority',
  ...more,
})

/** Those that are asked while everything works. */
export const answeredInvoices: readonly Invented[] = [
  by('digital-ordinary', 3, 128_000, '某某办公用品有限公司', '*纸制品*复印纸 A4'),
  by('digital-ordinary', 5, 38_600, '某某餐饮店', '*餐饮服务*餐费'),
  by('digital-ordinary', 6, 30_000, '某某加油站', '*汽油*92 号车用汽油', { typed: 30_500 }),
  by('rail', 8, 55_300, '某某铁路客运公司', '*运输服务*客运服务', { known: 'registry' }),
  by('digital-special', 11, 496_000, '某某精密科技股份有限公司', '*工业自动化装置*传感器'),
  by('digital-ordinary', 33, 5_720, '某某连锁便利店', '*饮料*矿泉水', { state: 'voided' }),
  by('digital-ordinary', 36, 12_850, '某某书店', '*印刷品*图书'),
  by('digital-ordinary', 41, 73_810, '某某医疗器械商行', '*医疗仪器器械*血压计', { state: 'red-flushed' }),
]

/** Those that are asked while the authority is down. */
export const waitingInvoices: readonly Invented[] = [
  by('digital-ordinary', 1, 94_200, '某某快捷酒店', '*住宿服务*住宿费', { known: 'nobody' }),
  by('digital-ordinary', 2, 21_500, '某某停车场', '*经营租赁*停车费', { known: 'nobody' }),
]

/** Those that the camera sees. */
export const scannedInvoice: Invented = by('digital-ordinary', 1, 18_600, '某某打印社', '*打印服务*装订', { known: 'nobody' })

/** Dates and number of an invented invoice, seen from `today`. */
export function identify(invoice: Invented, index: number, today: CalendarDate) {
  const issuedOn = addDays(today, -invoice.daysAgo)
  const channel = invoice.kind === 'rail' ? '9' : '2'
  const number = `${issuedOn.slice(2, 4)}00${channel}${String(4821 + index * 37).padStart(15, '0')}`
  return { issuedOn, number }
}

const qrKind = { 'digital-ordinary': '32', 'digital-special': '31', rail: '51' } as const

/** What the QR on the paper says (or what the person made of it). */
export function payloadOf(invoice: Invented, index: number, today: CalendarDate): string {
  const { issuedOn, number } = identify(invoice, index, today)
  return `01,${qrKind[invoice.kind]},,${number},${formatMoney(invoice.typed ?? invoice.amount)},${issuedOn.replaceAll('-', '')},,`
}

const header = 'kind,code,number,issuedOn,amountExTax,tax,amount,checkCode,sellerName,sellerTaxId,buyerName,buyerTaxId,state,lines'

/** The registry file of those that `known` says. */
export function registryCsv(invoices: readonly Invented[], known: Invented['known'], today: CalendarDate): string {
  const rows = invoices.flatMap((invoice, index) => (invoice.known === known ? [rowOf(invoice, index, today)] : []))
  return `${[header, ...rows].join('\n')}\n`
}

function rowOf(invoice: Invented, index: number, today: CalendarDate): string {
  const { issuedOn, number } = identify(invoice, index, today)
  const amountExTax = Math.round(invoice.amount / 1.06)
  const tax = invoice.amount - amountExTax
  const lines = JSON.stringify([
    {
      name: invoice.goods,
      spec: null,
      unit: '件',
      quantity: '1',
      unitPrice: formatMoney(amountExTax),
      amount: formatMoney(amountExTax),
      taxRate: '6%',
      tax: formatMoney(tax),
    },
  ])
  const cells = [
    invoice.kind,
    '',
    number,
    issuedOn,
    formatMoney(amountExTax),
    formatMoney(tax),
    formatMoney(invoice.amount),
    '',
    invoice.seller,
    '',
    '某某咨询有限公司',
    '',
    invoice.state,
    `"${lines.replaceAll('"', '""')}"`,
  ]
  return cells.join(',')
}
