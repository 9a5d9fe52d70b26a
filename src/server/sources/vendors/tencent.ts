import { formatMoney, type Elements, type Invoice, type Kind, type Outcome } from '../../../domain/index.ts'
import type { Clock } from '../../clock.ts'
import type { Send } from '../../egress/egress.ts'
import type { Said, Source } from '../source.ts'
import { toRecord } from './record.ts'
import { codeIn, maybeObject, objectIn, objectsIn, outcomeOf, readObject, textIn, type Codes, type Fields } from './reply.ts'
import { signTencent, type TencentKey } from './tencent-sign.ts'

export const tencentOrigin = 'https://ocr.tencentcloudapi.com'
const contentType = 'application/json; charset=utf-8'

/** 票种类型 of `VatInvoiceVerifyNew`; null: asked without one, which the service allows. Kinds that are not here need what no query carries. */
const kinds: Partial<Readonly<Record<Kind, string | null>>> = {
  'vat-special': '01',
  'motor-vehicle': '03',
  'vat-ordinary': '04',
  'vat-e-special': '08',
  'digital-special': '08',
  'vat-e-ordinary': '10',
  'digital-ordinary': '10',
  'vat-roll': '11',
  toll: '14',
  'used-vehicle': '15',
  fiscal: '16',
  'digital-paper-special': '01',
  'digital-paper-ordinary': '04',
  rail: null,
  air: null,
}

/** Error codes of the interface and of API 3.0 itself. 票面 that cannot be asked in this form is for the next source. */
export const tencentErrors: Codes = {
  mismatch: ['FailedOperation.InvoiceMismatch'],
  'not-found': ['ResourceNotFound.NoInvoice'],
  'same-day': ['ResourceNotFound.NotSupportCurrentInvoiceQuery'],
  'daily-limit': ['FailedOperation.CountLimitError'],
  unsupported: [
    'ResourceNotFound.NoAreaCode',
    'InvalidParameter',
    'InvalidParameterValue',
    'InvalidParameterValue.InvalidParameterValueLimit',
    'InvalidParameterValue.PriceOrVerificationParameterValueLimit',
    'InvalidParameterValue.TicketCodeParameterValueLimit',
    'InvalidParameterValue.TicketDateParameterValueLimit',
    'InvalidParameterValue.TicketSnParameterValueLimit',
    'MissingParameter',
  ],
  unavailable: [
    'ResourceUnavailable.TaxNetworkError',
    'ResourceUnavailable',
    'FailedOperation',
    'FailedOperation.UnKnowError',
    'FailedOperation.DbError',
    'FailedOperation.EngineRecognizeTimeout',
    'InternalError',
    'RequestLimitExceeded',
    'ResourceInUse',
    'ServiceUnavailable',
  ],
  'operator-fault': [
    'FailedOperation.ArrearsError',
    'FailedOperation.UnOpenError',
    'FailedOperation.UserQuotaError',
    'ResourceUnavailable.InArrears',
    'ResourceUnavailable.ResourcePackageRunOut',
    'ResourcesSoldOut.ChargeStatusException',
    'ResourceInsufficient',
    'LimitExceeded',
    'AuthFailure',
    'AuthFailure.InvalidAuthorization',
    'AuthFailure.InvalidSecretId',
    'AuthFailure.MFAFailure',
    'AuthFailure.SecretIdNotFound',
    'AuthFailure.SignatureExpire',
    'AuthFailure.SignatureFailure',
    'AuthFailure.TokenFailure',
    'AuthFailure.UnauthorizedOperation',
    'UnauthorizedOperation',
    'DryRunOperation',
    'InvalidAction',
    'NoSuchVersion',
    'UnknownParameter',
    'UnsupportedOperation',
    'UnsupportedProtocol',
    'UnsupportedRegion',
  ],
}

/** `IsAbandoned` of VAT and 数电 invoices. */
export const tencentStates: Codes = { ok: ['N'], voided: ['Y'], 'red-flushed-full': ['H', 'HF'], 'red-flushed-part': ['HP'] }
/** `StateCode` of rail and air tickets; 1 is "not updated": nothing has happened to it. */
export const tencentTicketStates: Codes = { ok: ['0', '1'], voided: ['2'], 'red-flushed-full': ['3'] }

export interface TencentNeeds {
  readonly key: TencentKey
  readonly send: Send
  readonly clock: Clock
}

/** 腾讯云 增值税发票核验(新版), `VatInvoiceVerifyNew` of 2018-11-19. */
export function tencentSource({ key, send, clock }: TencentNeeds): Source {
  return {
    id: 'tencent',
    name: '腾讯云发票核验',
    class: 'authority',
    metered: true,
    pace: { perSecond: 20 },
    supports: (kind) => kind in kinds,
    async ask(elements, signal) {
      const payload = JSON.stringify(question(elements))
      const timestamp = Math.floor(clock.now() / 1000)
      const { host } = new URL(tencentOrigin)
      const headers = {
        Authorization: signTencent({ host, service: 'ocr', contentType, payload, timestamp }, key),
        'Content-Type': contentType,
        'X-TC-Action': 'VatInvoiceVerifyNew',
        'X-TC-Version': '2018-11-19',
        'X-TC-Timestamp': String(timestamp),
      }
      const reply = await send({ method: 'POST', url: `${tencentOrigin}/`, headers, body: payload }, signal)
      return said(elements, objectIn(readObject(reply), 'Response'))
    },
  }
}

function question({ kind, number, issuedOn, code, amount, amountExTax, checkCode }: Elements) {
  const sum = amountExTax ?? amount
  const type = kinds[kind]
  return {
    InvoiceNo: number,
    InvoiceDate: issuedOn,
    ...(code !== undefined && { InvoiceCode: code }),
    ...(typeof type === 'string' && { InvoiceKind: type }),
    ...(checkCode !== undefined && { CheckCode: checkCode }),
    ...(sum !== undefined && { Amount: formatMoney(sum) }),
  }
}

function said(elements: Elements, response: Fields): Said {
  if ('Error' in response) return { outcome: outcomeOf(tencentErrors, codeIn(objectIn(response, 'Error'), 'Code')), asOf: null }
  const bill = maybeObject(response, 'FinancialBill')
  return {
    outcome: stateOf(elements.kind, response),
    asOf: null,
    invoice: 'Code' in bill ? fiscal(elements, bill) : vat(elements, response),
  }
}

function stateOf(kind: Kind, response: Fields): Outcome {
  // 冲红 of a 财政 bill: only said when it happened.
  if (kind === 'fiscal') {
    const flushed = textIn(objectIn(response, 'FinancialBill'), 'RushRedStateCode')
    return flushed === null || flushed === '0' ? 'ok' : 'red-flushed-full'
  }
  const state = textIn(maybeObject(response, 'Invoice'), 'IsAbandoned')
  if (state !== null) return outcomeOf(tencentStates, state)
  return outcomeOf(
    tencentTicketStates,
    codeIn(objectIn(response, kind === 'air' ? 'ElectronicAirTransport' : 'ElectronicTrainTicket'), 'StateCode'),
  )
}

function vat(elements: Elements, response: Fields): Invoice {
  const invoice = maybeObject(response, 'Invoice')
  // A ticket says in an object of its own what the common one leaves out.
  const ticket = { ...maybeObject(response, 'ElectronicTrainTicket'), ...maybeObject(response, 'ElectronicAirTransport') }
  const either = (name: string, ticketName: string) => textIn(invoice, name) ?? textIn(ticket, ticketName)
  return toRecord(elements, {
    number: either('Number', 'Number'),
    issuedOn: either('Date', 'Date'),
    amountExTax: either('AmountWithoutTax', 'Amount'),
    tax: either('TaxAmount', 'Tax'),
    amount: either('AmountWithTax', 'Total'),
    checkCode: textIn(invoice, 'CheckCode'),
    sellerName: textIn(invoice, 'SellerName'),
    sellerTaxId: textIn(invoice, 'SellerTaxCode'),
    buyerName: either('BuyerName', 'BuyerName'),
    buyerTaxId: either('BuyerTaxCode', 'BuyerTaxCode'),
    remark: textIn(invoice, 'Remark'),
    lines: objectsIn(invoice, 'Items').map((item) => ({
      name: textIn(item, 'Name'),
      spec: textIn(item, 'Spec'),
      unit: textIn(item, 'Unit'),
      quantity: textIn(item, 'Quantity'),
      unitPrice: textIn(item, 'UnitPrice'),
      amount: textIn(item, 'AmountWithoutTax'),
      taxRate: textIn(item, 'TaxRate'),
      tax: textIn(item, 'TaxAmount'),
    })),
  })
}

function fiscal(elements: Elements, bill: Fields): Invoice {
  return toRecord(elements, {
    number: textIn(bill, 'Number'),
    issuedOn: textIn(bill, 'Date'),
    amountExTax: null,
    tax: null,
    amount: textIn(bill, 'Total'),
    checkCode: textIn(bill, 'CheckCode'),
    sellerName: textIn(bill, 'SellerCompany'),
    sellerTaxId: null,
    buyerName: textIn(bill, 'Buyer'),
    buyerTaxId: textIn(bill, 'BuyerTaxID'),
    remark: null,
    lines: [],
  })
}
