import {
  emptyInvoice,
  type Answer,
  type Invoice,
  type InvoiceStatus,
  type Kind,
  type Outcome,
  type OwnNote,
  type SourceClass,
  type Verdict,
} from '../../../src/domain/index.ts'
import type { EntryDetail, EntryView, Query } from '../../../src/wallet/index.ts'

/** Monday, 9 June 2025, 10:42 in Shanghai. */
export const now = Date.parse('2025-06-09T10:42:00+08:00')
export const day = 86_400_000

/** An invented answer. `speaker` null: no source spoke. */
export function answerOf(verdict: Verdict, speaker: SourceClass | null, extra: Partial<Answer> = {}): Answer {
  const at = now - 3 * day
  const id = speaker === 'authority' ? 'simulated' : (speaker ?? '')
  const outcome: Outcome =
    verdict === 'red-flushed' ? 'red-flushed-full' : verdict === 'confirmed' || verdict === 'cannot-be-checked' ? 'ok' : verdict
  const sources = speaker === null ? [] : [{ id, class: speaker, at, asOf: at, outcome }]
  return { verdict, sources, answeredAt: at, asOf: at, ...(verdict === 'red-flushed' && { redFlush: 'full' }), ...extra }
}

export function answered(answer: Answer): InvoiceStatus {
  return { is: 'answered', verdict: answer.verdict, by: answer.sources.at(-1)?.class ?? null, answer, asking: null }
}

/** An invented query that the gateway holds until 20:10. */
export function queryOf(extra: Partial<Query> = {}): Query {
  return {
    id: 'q',
    entryId: 'e',
    elements: { kind: 'digital-ordinary', number: '25002000000000004821', issuedOn: '2025-06-09', amount: 18600 },
    setAt: now,
    attempts: 0,
    problem: null,
    state: 'parked',
    question: 'x',
    reason: 'source-down',
    ticket: '7K3QF-9M2XD',
    nextAt: Date.parse('2025-06-09T20:10:00+08:00'),
    askedAt: now - 540_000,
    ...extra,
  }
}

/** An invented digital invoice with everything a check needs. */
export function invoiceOf(values: Partial<Invoice> = {}, kind: Kind = 'digital-ordinary'): Invoice {
  return {
    ...emptyInvoice(kind),
    number: '25002000000000004821',
    issuedOn: '2025-06-05',
    amount: 18600,
    seller: { name: '示例餐饮店', taxId: null },
    ...values,
  }
}

export function viewOf(
  id: string,
  values: Partial<Invoice> = {},
  status: InvoiceStatus = { is: 'unasked' },
  note: OwnNote | null = null,
): EntryView {
  const invoice = invoiceOf(values)
  const provenance = { number: 'qr', issuedOn: 'qr', amount: 'qr', 'seller.name': 'answer' } as const
  const entry = {
    id,
    invoice,
    provenance,
    conflicts: [],
    checks: [{ name: 'number-vs-date', ok: true } as const],
    problems: [],
    captures: [{ at: now - 600_000, way: 'camera', original: null } as const],
    note,
    removedAt: null,
  }
  return { entry, status, shown: { invoice, provenance, conflicts: [] } }
}

export function detailOf(view: EntryView, extra: Partial<EntryDetail> = {}): EntryDetail {
  const [capture] = view.entry.captures
  if (!capture) throw new Error('an entry has a capture')
  return {
    ...view,
    timeline: [{ is: 'captured', at: capture.at, capture, again: false }],
    answers: [],
    queries: [],
    originals: [],
    seals: [],
    ...extra,
  }
}
