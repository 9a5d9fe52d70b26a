import {
  canonicalKey,
  emptyInvoice,
  isKind,
  kindFromIdentifier,
  normaliseDigits,
  parseCheckCode,
  parseCode,
  parseDate,
  parseMoney,
  parseNumber,
  ruleOf,
  type CalendarDate,
  type Draft,
  type Element,
  type Field,
  type Invoice,
  type Kind,
  type Origin,
} from '../../domain/index.ts'

/** The manual entry form exactly as typed; the only thing that is kept as a draft. `kind` null: recognised from the number as one types. */
export interface EntryForm {
  readonly kind: Kind | null
  readonly code: string
  readonly number: string
  readonly issuedOn: string
  readonly amount: string
  readonly amountExTax: string
  readonly checkCode: string
  readonly hash: string
}

/** An untouched form. */
export const emptyForm: EntryForm = {
  kind: null,
  code: '',
  number: '',
  issuedOn: '',
  amount: '',
  amountExTax: '',
  checkCode: '',
  hash: '',
}

/** The form from what was kept of it; anything unknown in there is left out. */
export function formFrom(kept: Readonly<Record<string, string>>): EntryForm {
  const text = (field: string) => kept[field] ?? ''
  const kind = text('kind')
  return {
    kind: isKind(kind) ? kind : null,
    code: text('code'),
    number: text('number'),
    issuedOn: text('issuedOn'),
    amount: text('amount'),
    amountExTax: text('amountExTax'),
    checkCode: text('checkCode'),
    hash: text('hash'),
  }
}

/** True while nothing has been typed; then there is nothing to keep. */
export function isUntouched(form: EntryForm): boolean {
  return elementNames.every((element) => form[element].trim() === '')
}

const elementNames = ['code', 'number', 'issuedOn', 'amount', 'amountExTax', 'checkCode', 'hash'] as const satisfies readonly Element[]

/** What the form knows of the kind: chosen by the person, recognised from code or number, or not yet told. */
export type KindGuess =
  | { readonly is: 'chosen'; readonly kind: Kind }
  | { readonly is: 'recognised'; readonly kind: Kind }
  /** Nothing typed that says anything: the commonest kind is shown, because it asks for least. */
  | { readonly is: 'assumed'; readonly kind: Kind }
  /** A number of this length belongs to a code, and no code says the kind yet. */
  | { readonly is: 'needs-code' }
  /** Code and number are there, and still do not tell: the person chooses. */
  | { readonly is: 'needs-choice' }

/** Which kind the form is about. */
export function guessKind(form: EntryForm): KindGuess {
  if (form.kind !== null) return { is: 'chosen', kind: form.kind }
  const code = parseCode(form.code)
  const number = parseNumber(form.number)
  if (code !== null) {
    const kind = kindFromIdentifier(code, number)
    return kind === null ? { is: 'needs-choice' } : { is: 'recognised', kind }
  }
  if (form.code.trim() !== '') return { is: 'needs-code' }
  const kind = kindFromIdentifier(null, number)
  if (kind !== null) return { is: 'recognised', kind }
  return number !== null && (number.length === 8 || number.length === 10)
    ? { is: 'needs-code' }
    : { is: 'assumed', kind: 'digital-ordinary' }
}

/**
 * The elements to ask for, and only those. While the kind is not chosen the number stays first, so that nothing moves under the finger.
 * Kinds that nobody can verify online are kept with whatever is known of them.
 */
export function fieldsOf(guess: KindGuess): readonly Element[] {
  if (guess.is === 'needs-code' || guess.is === 'needs-choice') return ['number', 'code', 'issuedOn']
  const wanted = ruleOf(guess.kind).elements
  if (wanted.length === 0) return ['number', 'code', 'issuedOn', 'amount']
  return guess.is === 'chosen' ? wanted : ['number', ...wanted.filter((element) => element !== 'number')]
}

/** What is wrong with one field, as a word that the page has a sentence for. Null: nothing. `empty` is not shown before a try to save. */
export type FieldFault =
  | { readonly is: 'empty' }
  | { readonly is: 'not-digits' }
  | { readonly is: 'length'; readonly have: number; readonly want: readonly number[] }
  | { readonly is: 'not-a-date' }
  | { readonly is: 'future' }
  | { readonly is: 'not-money' }
  | { readonly is: 'too-short' }

/** Judges one field as typed. `today` is the Shanghai date. */
export function faultOf(element: Element, form: EntryForm, kind: Kind | null, today: CalendarDate): FieldFault | null {
  const text = form[element].trim()
  if (text === '') return { is: 'empty' }
  switch (element) {
    case 'number':
      return digitsFault(text, kind === null ? [] : lengths(ruleOf(kind).numberLength), parseNumber(text) !== null)
    case 'code':
      return digitsFault(text, kind === null ? [8, 10, 12] : ruleOf(kind).codeLengths, parseCode(text) !== null)
    case 'issuedOn': {
      const date = parseDate(text)
      return date === null ? { is: 'not-a-date' } : date > today ? { is: 'future' } : null
    }
    case 'amount':
    case 'amountExTax':
      return parseMoney(text) === null ? { is: 'not-money' } : null
    case 'checkCode':
      return parseCheckCode(text) === null ? { is: 'too-short' } : null
    case 'hash':
      return /^[0-9A-Za-z]{8,128}$/.test(text) ? null : { is: 'too-short' }
  }
}

function lengths(one: number | null): readonly number[] {
  return one === null ? [] : [one]
}

function digitsFault(text: string, want: readonly number[], readable: boolean): FieldFault | null {
  const digits = normaliseDigits(text)
  if (!/^\d+$/.test(digits)) return { is: 'not-digits' }
  if (want.length > 0 && !want.includes(digits.length)) return { is: 'length', have: digits.length, want }
  return readable || want.length > 0 ? null : { is: 'length', have: digits.length, want: [8, 20] }
}

/** The form as a draft: what can be read is read, what is not stays null; every value is marked as typed. */
export function draftOf(form: EntryForm): Draft {
  const guess = guessKind(form)
  const kind: Kind = guess.is === 'needs-code' || guess.is === 'needs-choice' ? 'other' : guess.kind
  const wanted = new Set(fieldsOf(guess))
  const read = <T>(element: Element, parse: (text: string) => T | null): T | null => (wanted.has(element) ? parse(form[element]) : null)
  const invoice: Invoice = {
    ...emptyInvoice(kind),
    code: read('code', parseCode),
    number: read('number', parseNumber),
    issuedOn: read('issuedOn', parseDate),
    amount: read('amount', parseMoney),
    amountExTax: read('amountExTax', parseMoney),
    checkCode: read('checkCode', parseCheckCode),
    hash: read('hash', (text) => text.trim() || null),
  }
  const typed = elementNames.filter((element) => invoice[element] !== null)
  const provenance: Partial<Record<Field, Origin>> = { kind: 'typed' }
  for (const element of typed) provenance[element] = 'typed'
  return { invoice, provenance, checks: [], problems: [] }
}

/** The key of the invoice that the form is about, once its identifier is complete; for "already in the wallet". */
export function keyOf(form: EntryForm): string | null {
  return canonicalKey(draftOf(form).invoice)
}
