import {
  checkAmountInWords,
  checkInvoice,
  kindFromCode,
  kindFromIdentifier,
  merge,
  ruleOf,
  type Check,
  type Conflict,
  type Draft,
  type Invoice,
  type Merged,
  type Problem,
} from '../../domain/index.ts'
import type { Reading } from './to-reading.ts'

/** A failed check of these means that a value shown may be wrong. The others warn only. */
const telling = new Set<Check['name']>(['line-sums', 'net-plus-tax', 'amount-in-words', 'number-vs-date'])

/** Without any of these it is no invoice, only words. */
const telltale = ['number', 'code', 'hash', 'issuedOn', 'amount', 'amountExTax'] as const

/**
 * Makes one draft of what several routes say of the same invoice, the most trustworthy first. Whatever two routes disagree on is a
 * problem; the more trustworthy value is shown.
 * @returns null when no route says anything that an invoice is known by.
 * @param qrs drafts of the QRs beside the invoice, of which one is a route like the others.
 */
export function combine(
  readings: readonly Reading[],
  qrs: readonly Draft[],
  problems: readonly Problem[] = [],
): (Draft & Pick<Merged, 'conflicts'>) | null {
  const stated = readings.map(({ invoice }) => invoice.number).find((number) => number !== null)
  // Other invoices' QRs may stand on the page; one of this invoice counts first, and none that fits is a contradiction.
  const qr = qrs.find(({ invoice }) => invoice.number === stated) ?? qrs[0]
  const same = qrs.filter((one) => one !== qr && one.invoice.number === qr?.invoice.number && one.invoice.code === qr.invoice.code)
  const routes = [...readings, ...(qr ? [qr, ...same] : [])].filter(({ provenance }) => Object.keys(provenance).length > 0)
  if (!routes.some(({ invoice }) => telltale.some((field) => invoice[field] !== null))) return null
  const [first, ...others] = routes
  if (!first) return null
  const start: Merged = { invoice: first.invoice, provenance: first.provenance, conflicts: [] }
  const merged = others.reduce<Merged>((known, route) => merge(known, route), start)
  const { invoice, provenance, doubt } = withKind(merged)
  const checks: Check[] = [
    ...(qr?.checks ?? []),
    ...checkInvoice(invoice),
    wordsAgainst(invoice, readings),
    ...(qr ? [qrAgainstText(merged.conflicts, readings, qr)] : []),
  ]
  return {
    invoice,
    provenance,
    conflicts: merged.conflicts,
    checks: unique(checks, ({ name }) => name),
    problems: unique(
      [
        ...merged.conflicts.map(tell),
        ...doubt,
        ...doubtOfNumber(invoice),
        ...checks
          .filter(({ name, ok }) => ok === false && telling.has(name))
          .map(({ name }) => ({ code: 'check-failed', message: `${name} does not hold` })),
        ...routes.flatMap((route) => route.problems).filter(({ code }) => code !== 'lines-unread' || invoice.lines.length === 0),
        ...problems,
      ],
      ({ code, message }) => `${code} ${message}`,
    ),
  }
}

/** A kind that no route states is understood from the code, or guessed from the number and marked. */
function withKind({ invoice, provenance }: Merged): { invoice: Invoice; provenance: Merged['provenance']; doubt: Problem[] } {
  const byCode = invoice.code === null ? null : kindFromCode(invoice.code)
  const from = provenance.code ?? provenance.number
  const known = (kind: Invoice['kind']) => ({ invoice: { ...invoice, kind }, provenance: { ...provenance, ...(from && { kind: from }) } })
  if (invoice.kind === 'other') {
    // One digit of the code speaks of motor vehicles, and may stand in that of any other form.
    if (byCode !== null && byCode !== 'other')
      return {
        ...known(byCode),
        doubt: byCode === 'motor-vehicle' ? [{ code: 'kind-guessed', message: 'The kind is guessed from the code' }] : [],
      }
    const guess = kindFromIdentifier(invoice.code, invoice.number)
    if (guess === null || guess === 'other')
      return { invoice, provenance, doubt: [{ code: 'kind-unknown', message: 'The kind of invoice is not stated' }] }
    return { ...known(guess), doubt: [{ code: 'kind-guessed', message: 'The kind is guessed from the number' }] }
  }
  // A toll invoice is printed as 电子普通发票; only its code tells.
  if (byCode === 'toll' && invoice.kind === 'vat-e-ordinary') return { ...known('toll'), doubt: [] }
  const isPaper = invoice.kind === 'digital-paper-special' || invoice.kind === 'digital-paper-ordinary'
  // One digit of a code is too little to doubt the words over it.
  const isTelling = byCode !== null && byCode !== 'other' && byCode !== 'motor-vehicle'
  const odd = isTelling && byCode !== invoice.kind && !isPaper
  return {
    invoice,
    provenance,
    doubt: odd ? [{ code: 'kind-doubtful', message: `The code speaks of ${byCode}, the file of ${invoice.kind}` }] : [],
  }
}

/** A number longer or shorter than those of its kind may be cut, or two numbers read as one. Official samples of digital ones have 19. */
function doubtOfNumber({ kind, number }: Invoice): Problem[] {
  const { numberLength } = ruleOf(kind)
  if (number === null || numberLength === null || number.length === numberLength) return []
  if (numberLength === 20 && number.length === 19) return []
  return [{ code: 'number-doubtful', message: `The number has ${number.length} digits, where this kind of invoice has ${numberLength}` }]
}

/** Every route that says the amount in words must say the one that is shown. */
function wordsAgainst({ amount }: Invoice, readings: readonly Reading[]): Check {
  const checks = readings.map(({ amountInWords }) => checkAmountInWords(amountInWords, amount))
  return checks.find(({ ok }) => ok === false) ?? checks.find(({ ok }) => ok === true) ?? { name: 'amount-in-words', ok: null }
}

/** Whether there was anything to hold against the QR. */
function isComparable({ invoice }: Reading, qr: Draft): boolean {
  return telltale.some((field) => invoice[field] !== null && qr.invoice[field] !== null)
}

function qrAgainstText(conflicts: readonly Conflict[], readings: readonly Reading[], qr: Draft): Check {
  const disagrees = conflicts.some(({ keptFrom, otherFrom }) => keptFrom === 'qr' || otherFrom === 'qr')
  return { name: 'qr-vs-text', ok: disagrees ? false : readings.some((reading) => isComparable(reading, qr)) ? true : null }
}

function tell({ field, kept, keptFrom, other, otherFrom }: Conflict): Problem {
  const short = (text: string) => (text.length > 80 ? `${text.slice(0, 80)}…` : text)
  return { code: 'conflict', message: `${field}: the ${keptFrom} says ${short(kept)}, the ${otherFrom} says ${short(other)}` }
}

function unique<T>(list: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(list.toReversed().map((item) => [key(item), item])).values()].toReversed()
}
