import { canonicalElements, parkingReasons, queryStates, type Element, type Elements, type WaitingReason } from '../domain/index.ts'
import type { Stored } from './database.ts'
import type { Damaged, Hold, Query } from './entry.ts'
import { fen, instant, isRow, needInstant, needKind, needOneOf, needRow, needText, oneOf, text, total } from './read.ts'

const reasons: readonly WaitingReason[] = [...parkingReasons, 'device-offline', 'gateway-down']

export function storeQuery({ elements, question: _derived, ...query }: Query): Stored {
  return { ...query, elements: { ...elements } }
}

/** Oldest question first; those of one moment always in the same order. */
export function oldestFirst(a: Query, b: Query): number {
  return a.askedAt - b.askedAt || (a.id < b.id ? -1 : 1)
}

/** Total: what cannot be read comes out as damaged. */
export function readQuery(value: unknown): Query | Damaged {
  return total('outbox', value, (row) => {
    const elements = readElements(row.elements)
    const receipt = text(row.receipt)
    return {
      id: needText(row.id, 'id'),
      entryId: needText(row.entryId, 'entryId'),
      elements,
      question: canonicalElements(elements),
      state: needOneOf(row.state, queryStates, 'state'),
      reason: oneOf(row.reason, reasons),
      ticket: text(row.ticket),
      nextAt: instant(row.nextAt),
      askedAt: needInstant(row.askedAt, 'askedAt'),
      setAt: instant(row.setAt) ?? 0,
      attempts: Math.max(0, fen(row.attempts) ?? 0),
      problem: text(row.problem),
      ...(receipt !== null && { receipt }),
    }
  })
}

function readElements(value: unknown): Elements {
  const row = needRow(value, 'elements')
  const has = <const E extends Element, T>(element: E, found: T | null) => (found === null ? {} : { [element]: found }) as { [K in E]?: T }
  return {
    kind: needKind(row.kind),
    number: needText(row.number, 'number'),
    issuedOn: needText(row.issuedOn, 'issuedOn'),
    ...has('code', text(row.code)),
    ...has('amount', fen(row.amount)),
    ...has('amountExTax', fen(row.amountExTax)),
    ...has('checkCode', text(row.checkCode)),
    ...has('hash', text(row.hash)),
  }
}

export function readHold(value: unknown): Hold | null {
  if (!isRow(value)) return null
  const reason = oneOf(value.reason, reasons)
  const until = instant(value.until)
  return reason === null || until === null ? null : { reason, until, setAt: instant(value.setAt) ?? 0, failures: fen(value.failures) ?? 1 }
}
