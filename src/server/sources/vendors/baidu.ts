import { formatMoney, type Elements, type Invoice, type Kind } from '../../../domain/index.ts'
import type { Clock } from '../../clock.ts'
import type { Send } from '../../egress/egress.ts'
import type { Said, Source } from '../source.ts'
import { BaiduKeyError, createBaiduToken, type BaiduKey } from './baidu-token.ts'
import { toRecord, type WrittenLine } from './record.ts'
import { codeIn, maybeObject, objectsIn, outcomeOf, readObject, textIn, type Codes, type Fields } from './reply.ts'

export const baiduOrigin = 'https://aip.baidubce.com'

/** `invoice_type`. */
const kinds: Partial<Readonly<Record<Kind, string>>> = {
  'vat-special': 'special_vat_invoice',
  'vat-e-special': 'elec_special_vat_invoice',
  'vat-ordinary': 'normal_invoice',
  'vat-e-ordinary': 'elec_normal_invoice',
  'vat-roll': 'roll_normal_invoice',
  toll: 'toll_elec_normal_invoice',
  'motor-vehicle': 'motor_vehicle_invoice',
  'used-vehicle': 'used_vehicle_invoice',
  'digital-special': 'elec_invoice_special',
  'digital-ordinary': 'elec_invoice_normal',
  'digital-paper-special': 'special_vat_invoice',
  'digital-paper-ordinary': 'normal_invoice',
  rail: 'elec_train_ticket_invoice',
  air: 'elec_flight_itinerary_invoice',
}

/** `VerifyResult`. 0001 is not here: then the state of the invoice decides. */
export const baiduResults: Codes = {
  mismatch: ['0006'],
  'not-found': ['0009'],
  'same-day': ['1014'],
  'daily-limit': ['0002'],
  'out-of-range': ['1015'],
  unsupported: ['0005', '1005', '1006', '1008', '1009'],
  unavailable: ['1021', '9999'],
  'operator-fault': ['1004', '1020'],
}

/** `InvalidSign`. */
export const baiduStates: Codes = { ok: ['N'], voided: ['Y'], 'red-flushed-full': ['H', 'QH'], 'red-flushed-part': ['BH'] }

/** `error_code` of the platform in front of the service. */
export const baiduErrors: Codes = {
  unsupported: ['216100', '216101', '216103'],
  unavailable: ['1', '2', '4', '18', '216630', '282000', '282003', '282004'],
  'operator-fault': ['3', '6', '13', '14', '15', '17', '19', '100', '110', '111', '216102', '216110'],
}
/** The token has run out, or was taken back. */
const tokenErrors: readonly string[] = ['100', '110', '111']

export interface BaiduNeeds {
  readonly key: BaiduKey
  readonly send: Send
  readonly clock: Clock
}

/** 百度智能云 增值税发票验真, `vat_invoice_verification`. */
export function baiduSource({ key, send, clock }: BaiduNeeds): Source {
  const tokens = createBaiduToken(key, baiduOrigin, send, clock)

  async function post(elements: Elements, signal: AbortSignal, mayRenew: boolean): Promise<Fields> {
    const token = await tokens.get(signal)
    const url = `${baiduOrigin}/rest/2.0/ocr/v1/vat_invoice_verification?access_token=${encodeURIComponent(token)}`
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' }
    const reply = readObject(await send({ method: 'POST', url, headers, body: question(elements).toString() }, signal))
    if (!mayRenew || !tokenErrors.includes(textIn(reply, 'error_code') ?? '')) return reply
    tokens.forget(token)
    return post(elements, signal, false)
  }

  return {
    id: 'baidu',
    name: '百度智能云发票验真',
    class: 'authority',
    metered: true,
    pace: { perSecond: 10 },
    supports: (kind) => kind in kinds,
    async ask(elements, signal) {
      try {
        return said(elements, await post(elements, signal, true))
      } catch (error) {
        if (error instanceof BaiduKeyError) return { outcome: 'operator-fault', asOf: null }
        throw error
      }
    },
  }
}

/** Every parameter is required; what a kind has not stays empty. */
function question({ kind, number, issuedOn, code, amount, amountExTax, checkCode }: Elements): URLSearchParams {
  const sum = amountExTax ?? amount
  return new URLSearchParams({
    invoice_code: code ?? '',
    invoice_num: number,
    invoice_date: issuedOn.replaceAll('-', ''),
    invoice_type: kinds[kind] ?? '',
    check_code: checkCode ?? '',
    total_amount: sum === undefined ? '' : formatMoney(sum),
  })
}

function said(elements: Elements, reply: Fields): Said {
  const error = textIn(reply, 'error_code')
  if (error !== null && error !== '0') return { outcome: outcomeOf(baiduErrors, error), asOf: null }
  // Examples have the result beside the record and inside it.
  const record = { ...reply, ...maybeObject(reply, 'words_result') }
  const result = codeIn(record, 'VerifyResult')
  if (result !== '0001') return { outcome: outcomeOf(baiduResults, result), asOf: null }
  return { outcome: outcomeOf(baiduStates, codeIn(record, 'InvalidSign')), asOf: null, invoice: invoiceOf(elements, record) }
}

function invoiceOf(elements: Elements, record: Fields): Invoice {
  return toRecord(elements, {
    number: textIn(record, 'InvoiceNum'),
    issuedOn: textIn(record, 'InvoiceDate'),
    amountExTax: textIn(record, 'TotalAmount'),
    tax: textIn(record, 'TotalTax'),
    amount: textIn(record, 'AmountInFiguers'),
    checkCode: textIn(record, 'CheckCode'),
    sellerName: textIn(record, 'SellerName'),
    sellerTaxId: textIn(record, 'SellerRegisterNum'),
    buyerName: textIn(record, 'PurchaserName'),
    buyerTaxId: textIn(record, 'PurchaserRegisterNum'),
    remark: textIn(record, 'Remarks'),
    lines: linesOf(record),
  })
}

/** Lines come as columns, `CommodityName: [{row: '1', word: '…'}, …]`, each with the rows it has something in. */
function linesOf(record: Fields): WrittenLine[] {
  const column = (name: string) =>
    new Map(objectsIn(record, name).map((cell, index) => [textIn(cell, 'row') ?? String(index + 1), textIn(cell, 'word')]))
  const names = column('CommodityName')
  const [spec, unit, quantity, unitPrice] = ['Type', 'Unit', 'Num', 'Price'].map((part) => column(`Commodity${part}`))
  const [amount, taxRate, tax] = ['Amount', 'TaxRate', 'Tax'].map((part) => column(`Commodity${part}`))
  const cell = (of: ReadonlyMap<string, string | null> | undefined, row: string) => of?.get(row) ?? null
  return [...names].map(([row, name]) => ({
    name,
    spec: cell(spec, row),
    unit: cell(unit, row),
    quantity: cell(quantity, row),
    unitPrice: cell(unitPrice, row),
    amount: cell(amount, row),
    taxRate: cell(taxRate, row),
    tax: cell(tax, row),
  }))
}
