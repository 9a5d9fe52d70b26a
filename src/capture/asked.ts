import { checkInvoice, emptyInvoice, type Answer, type Draft, type Elements, type Field } from '../domain/index.ts'
import { captureWith, type Captured, type CaptureDeps } from './capture.ts'

/** What a person asked on `/query` is in the wallet with its question, and with its answer if there is one already. */
export function captureAsked(deps: CaptureDeps, elements: Elements, answer?: Answer): Promise<Captured> {
  return captureWith(deps, typedDraft(elements), 'query', { answer })
}

/** The elements a person typed, as a draft. */
function typedDraft({ kind, ...given }: Elements): Draft {
  const invoice = { ...emptyInvoice(kind), ...given }
  const named: Field[] = ['kind', ...(Object.keys(given) as (keyof typeof given)[])]
  const provenance = Object.fromEntries(named.map((field) => [field, 'typed' as const]))
  return { invoice, provenance, checks: checkInvoice(invoice), problems: [] }
}
