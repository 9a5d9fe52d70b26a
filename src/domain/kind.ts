import type { Element } from './elements.ts'

/** What the rules know about one kind of invoice. */
interface KindRule {
  /** Values of the second field of the QR payload that name this kind. */
  readonly qr: readonly string[]
  /** Digits of the invoice number; null where no rule is known. */
  readonly numberLength: number | null
  /** Possible digits of the invoice code; empty for kinds without one. */
  readonly codeLengths: readonly number[]
  /** What a source needs to verify it, in the order a form asks. Empty: nobody can check it online. */
  readonly elements: readonly Element[]
  /** Which amount the QR payload carries. */
  readonly qrAmount: 'amount' | 'amountExTax'
  /** The platform where a person can ask by themselves; null where there is none. */
  readonly platform: 'tax' | 'fiscal' | null
}

const vat = { numberLength: 8, qrAmount: 'amountExTax', platform: 'tax' } as const
const digital = {
  numberLength: 20,
  codeLengths: [],
  elements: ['number', 'issuedOn', 'amount'],
  qrAmount: 'amount',
  platform: 'tax',
} as const
const unchecked = { qr: [], numberLength: null, codeLengths: [], elements: [], qrAmount: 'amount', platform: null } as const
const byCheckCode = ['code', 'number', 'issuedOn', 'checkCode'] as const
const byAmountExTax = ['code', 'number', 'issuedOn', 'amountExTax'] as const

/** Every kind of invoice, with the elements it is verified by. */
export const kinds = {
  'vat-special': { ...vat, qr: ['01'], codeLengths: [10], elements: byAmountExTax },
  'vat-ordinary': { ...vat, qr: ['04'], codeLengths: [10, 12], elements: byCheckCode },
  'vat-e-ordinary': { ...vat, qr: ['10'], codeLengths: [12], elements: byCheckCode },
  'vat-e-special': { ...vat, qr: ['20', '08'], codeLengths: [12], elements: byAmountExTax },
  'vat-roll': { ...vat, qr: ['11'], codeLengths: [12], elements: byCheckCode },
  toll: { ...vat, qr: ['14'], codeLengths: [12], elements: byCheckCode },
  'motor-vehicle': { ...vat, qr: ['03'], codeLengths: [12], elements: byAmountExTax },
  'used-vehicle': { ...vat, qr: ['15'], codeLengths: [12], elements: ['code', 'number', 'issuedOn', 'amount'], qrAmount: 'amount' },
  'digital-special': { ...digital, qr: ['31'] },
  'digital-ordinary': { ...digital, qr: ['32'] },
  'digital-paper-special': { ...vat, qr: ['85'], codeLengths: [10, 12], elements: byAmountExTax },
  'digital-paper-ordinary': { ...vat, qr: ['86'], codeLengths: [10, 12], elements: byCheckCode },
  rail: { ...digital, qr: ['51'] },
  air: { ...digital, qr: ['61'] },
  fiscal: {
    qr: [],
    numberLength: 10,
    codeLengths: [8],
    elements: ['code', 'number', 'checkCode', 'issuedOn', 'amount'],
    qrAmount: 'amount',
    platform: 'fiscal',
  },
  blockchain: {
    qr: [],
    numberLength: 8,
    codeLengths: [12],
    elements: ['number', 'issuedOn', 'amount', 'hash'],
    qrAmount: 'amount',
    platform: 'tax',
  },
  taxi: unchecked,
  quota: unchecked,
  other: unchecked,
} as const satisfies Record<string, KindRule>

/** A kind of invoice, our own name. */
export type Kind = keyof typeof kinds

/** The rule of a kind, without the literal types of the table. */
export function ruleOf(kind: Kind): KindRule {
  return kinds[kind]
}

/** All kinds, in the order of the table. */
export const kindNames = Object.keys(kinds) as Kind[]

/** True for one of our kind names; for text from outside. */
export function isKind(text: string): text is Kind {
  return Object.hasOwn(kinds, text)
}

/** The kind named by the second field of a QR payload and refined by the code (a toll invoice carries kind 10). */
export function kindFromQr(field: string, code: string | null): Kind | null {
  const named = kindNames.find((kind) => ruleOf(kind).qr.includes(field)) ?? null
  if (named === 'vat-e-ordinary' && code !== null && kindFromCode(code) === 'toll') return 'toll'
  return named
}

const lastTwo: Readonly<Record<string, Kind>> = {
  '11': 'vat-e-ordinary',
  '12': 'toll',
  '13': 'vat-e-special',
  '04': 'vat-ordinary',
  '05': 'vat-ordinary',
  '06': 'vat-roll',
  '07': 'vat-roll',
  '17': 'used-vehicle',
}
const eighth: Readonly<Record<string, Kind>> = {
  '1': 'vat-special',
  '5': 'vat-special',
  '3': 'vat-ordinary',
  '6': 'vat-ordinary',
  '2': 'other',
  '7': 'other',
}

/**
 * The kind that an invoice code speaks of (a heuristic): 12 digits by their ending, 10 digits by the eighth, 8 digits are 财政票据.
 * @returns null where the code says nothing.
 */
export function kindFromCode(code: string): Kind | null {
  if (code.length === 8) return 'fiscal'
  if (code.length === 10) return eighth[code[7] ?? ''] ?? null
  if (code.length !== 12) return null
  const byEnding = code.startsWith('0') ? lastTwo[code.slice(-2)] : undefined
  return byEnding ?? (code[7] === '2' ? 'motor-vehicle' : null)
}

/** The kind that a 20-digit number alone suggests, by its channel digit; special and ordinary cannot be told apart. */
export function kindFromDigitalNumber(number: string): Kind | null {
  if (!/^\d{20}$/.test(number)) return null
  return number[4] === '9' ? 'rail' : number[4] === '8' ? 'air' : 'digital-ordinary'
}
