import { formatMoney, type Elements, type Invoice, type Kind } from '../../../domain/index.ts'
import type { Clock } from '../../clock.ts'
import type { Incoming, Send } from '../../egress/egress.ts'
import type { Random } from '../../random.ts'
import type { Said, Source } from '../source.ts'
import { aliyunQuery, signAliyun, type AliyunKey } from './aliyun-sign.ts'
import { toRecord } from './record.ts'
import { codeIn, maybeObject, objectsIn, outcomeOf, readObject, textIn, type Codes, type Fields } from './reply.ts'

export const aliyunOrigin = 'https://ocr-api.cn-hangzhou.aliyuncs.com'

/** The service tells the kind from code and number; these are the ones it knows. */
const kinds: ReadonlySet<Kind> = new Set<Kind>([
  'vat-special',
  'vat-ordinary',
  'vat-e-ordinary',
  'vat-e-special',
  'vat-roll',
  'toll',
  'motor-vehicle',
  'used-vehicle',
  'digital-special',
  'digital-ordinary',
  'digital-paper-special',
  'digital-paper-ordinary',
  'rail',
  'air',
])

/** `code` of the data. 001 and 000000 are not here: then the state of the invoice decides. */
export const aliyunCodes: Codes = {
  mismatch: ['006'],
  'not-found': ['009', '000001'],
  'same-day': ['10014'],
  'daily-limit': ['002'],
  'out-of-range': ['10017'],
  unsupported: [
    ...['005', '105', '108', '109', '110', '111', '112', '113', '114'],
    ...['1005', '1010', '1011', '10015', '10016', '10018', '111000', '111001'],
  ],
  unavailable: ['106', '1021', '101000', '121000', '121001', '121002', '131005', '152000', '171000'],
  'operator-fault': ['104', '115', '10020', '131002', '131003', '131004'],
}
const confirmed = ['001', '000000']

/** `invalidMark`. */
export const aliyunStates: Codes = {
  ok: ['N', '0'],
  voided: ['Y', '2'],
  'red-flushed-full': ['H', '3', '8'],
  'red-flushed-part': ['7'],
}

/** `Code` of an answer that is none: faults of the key, the account or the gateway in front of the service, by how they begin. */
const operatorFaults = [
  ...['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'IncompleteSignature', 'InvalidTimeStamp', 'SignatureNonceUsed', 'MissingAccessKeyId'],
  ...[
    'Forbidden',
    'NoPermission',
    'noPermission',
    'Unauthorized',
    'ocrServiceNotOpen',
    'InvalidAction',
    'InvalidVersion',
    'Arrearage',
    'OverDue',
  ],
]

export interface AliyunNeeds {
  readonly key: AliyunKey
  readonly send: Send
  readonly clock: Clock
  readonly random: Random
}

/** 阿里云 发票核验, `VerifyVATInvoice` of 2021-07-07. */
export function aliyunSource({ key, send, clock, random }: AliyunNeeds): Source {
  return {
    id: 'aliyun',
    name: '阿里云发票核验',
    class: 'authority',
    metered: true,
    pace: { perSecond: 10 },
    supports: (kind) => kinds.has(kind),
    async ask(elements, signal) {
      const query = question(elements)
      const { host } = new URL(aliyunOrigin)
      const date = new Date(clock.now()).toISOString().replace(/\.\d+Z$/, 'Z')
      const nonce = Buffer.from(random.bytes(16)).toString('hex')
      const headers = {
        ...signAliyun({ host, action: 'VerifyVATInvoice', version: '2021-07-07', query, date, nonce }, key),
        Accept: 'application/json',
      }
      return said(elements, await send({ method: 'POST', url: `${aliyunOrigin}/?${aliyunQuery(query)}`, headers }, signal))
    },
  }
}

function question({ number, issuedOn, code, amount, amountExTax, checkCode }: Elements): Record<string, string> {
  const sum = amountExTax ?? amount
  return {
    InvoiceNo: number,
    InvoiceDate: issuedOn.replaceAll('-', ''),
    ...(code !== undefined && { InvoiceCode: code }),
    ...(sum !== undefined && { InvoiceSum: formatMoney(sum) }),
    ...(checkCode !== undefined && { VerifyCode: checkCode }),
  }
}

function said(elements: Elements, incoming: Incoming): Said {
  const reply = readObject(incoming)
  const data = textIn(reply, 'Data')
  if (data === null) return refused(incoming.status, textIn(reply, 'Code'))
  const answer = readObject({ status: 200, body: data })
  const code = codeIn(answer, 'code')
  if (!confirmed.includes(code)) return { outcome: outcomeOf(aliyunCodes, code), asOf: null }
  const record = maybeObject(answer, 'data')
  return { outcome: outcomeOf(aliyunStates, codeIn(record, 'invalidMark')), asOf: null, invoice: invoiceOf(elements, record) }
}

/** An answer without data: what the operator must mend, or a fault that passes. */
function refused(status: number, code: string | null): Said {
  const operators = code !== null && (status === 401 || status === 403 || operatorFaults.some((fault) => code.startsWith(fault)))
  if (!operators) throw new Error('the source refused the request')
  return { outcome: 'operator-fault', asOf: null }
}

function invoiceOf(elements: Elements, record: Fields): Invoice {
  return toRecord(elements, {
    number: textIn(record, 'invoiceNumber'),
    issuedOn: textIn(record, 'invoiceDate'),
    amountExTax: textIn(record, 'invoiceMoney'),
    tax: textIn(record, 'allTax'),
    amount: textIn(record, 'allValoremTax'),
    checkCode: textIn(record, 'checkCode'),
    sellerName: textIn(record, 'salerName'),
    sellerTaxId: textIn(record, 'salerTaxpayerNumber'),
    buyerName: textIn(record, 'purchaserName'),
    buyerTaxId: textIn(record, 'purchaserTaxpayerNumber'),
    remark: textIn(record, 'note'),
    lines: objectsIn(record, 'detailList').map((line) => ({
      name: textIn(line, 'goodsName'),
      spec: textIn(line, 'standard'),
      unit: textIn(line, 'unit'),
      quantity: textIn(line, 'num'),
      unitPrice: textIn(line, 'netValue'),
      amount: textIn(line, 'detailAmount'),
      taxRate: textIn(line, 'taxRate'),
      tax: textIn(line, 'allTax'),
    })),
  })
}
