import { ruleOf } from '../../domain/index.ts'
import type { EntryDetail } from '../../wallet/index.ts'
import { platformOf } from './platform.ts'

/** What can be done with an invoice, beside the one thing its sentence calls for. */
export type Tool = 'askAgain' | 'askYourself' | 'edit' | 'copy' | 'remove'

/** The tools of an invoice, in their order; none that could do nothing. */
export function toolsOf({ status, shown: { invoice } }: Pick<EntryDetail, 'status' | 'shown'>): readonly Tool[] {
  const again = status.is === 'answered' || status.is === 'needs-user'
  const checkable = ruleOf(invoice.kind).elements.length > 0
  // What an authority confirmed has nothing left to correct.
  const settled = status.is === 'answered' && status.verdict === 'confirmed' && status.by === 'authority'
  return [
    ...(again && checkable ? (['askAgain'] as const) : []),
    ...(platformOf(invoice) === null ? [] : (['askYourself'] as const)),
    ...(checkable && !settled ? (['edit'] as const) : []),
    ...(invoice.number === null ? [] : (['copy'] as const)),
    'remove',
  ]
}
