import { fromWireQuery, problemOf, query, queryId, type WireProblem } from '../../api/index.ts'
import { canonicalElements, canonicalKey, emptyInvoice, ruleOf, type Elements } from '../../domain/index.ts'

/** What a posted query turns out to be, before anything is stored. */
export type Judged =
  | {
      readonly is: 'asked'
      readonly id: string
      readonly elements: Elements
      /** The same for the same elements, another for others. */
      readonly question: string
      /** The invoice it is about. */
      readonly invoice: string
      /** The person wants a new look, whatever is known. */
      readonly force: boolean
    }
  | { readonly is: 'refused'; readonly id: string; readonly problem: WireProblem }

/** Judges one query of a batch on its own. */
export function judge(raw: { readonly id: string } & Readonly<Record<string, unknown>>): Judged {
  const { id } = raw
  const refuse = (problem: WireProblem): Judged => ({ is: 'refused', id, problem })
  if (!queryId.safeParse(id).success) return refuse(problemOf('query-id-invalid'))
  const parsed = query.safeParse(raw)
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path[0]
    return refuse(problemOf('query-invalid', typeof field === 'string' ? `the field ${field}` : undefined))
  }
  const wire = parsed.data
  const checkable = ruleOf(wire.kind).elements.length > 0
  const elements = checkable ? fromWireQuery(wire) : bareElements(wire)
  if (elements === null) return refuse(problemOf('elements-missing', `the kind needs ${ruleOf(wire.kind).elements.join(', ')}`))
  const question = canonicalElements(elements)
  const invoice = canonicalKey({ ...emptyInvoice(elements.kind), ...elements }) ?? question
  return { is: 'asked', id, elements, question, invoice, force: wire.force ?? false }
}

/** What identifies an invoice that nobody can check: enough to recognise the same question. */
function bareElements({
  kind,
  code,
  number,
  issuedOn,
}: {
  kind: Elements['kind']
  code?: string | undefined
  number: string
  issuedOn: string
}): Elements {
  return { kind, number, issuedOn, ...(code !== undefined && { code }) }
}
