import type { EntryView } from '../../wallet/index.ts'

/** What the wallet can be narrowed to. */
export const filters = ['all', 'waiting', 'look', 'answered', 'unasked'] as const
export type Filter = (typeof filters)[number]

/** True when an invoice belongs to a filter. */
export function passes({ status }: Pick<EntryView, 'status'>, filter: Filter): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'waiting':
      return status.is === 'waiting' || status.is === 'asking' || (status.is === 'answered' && status.asking !== null)
    case 'look':
      return (
        status.is === 'needs-user' ||
        status.is === 'incomplete' ||
        (status.is === 'answered' && (status.verdict === 'mismatch' || status.verdict === 'not-found'))
      )
    case 'answered':
      return status.is === 'answered'
    case 'unasked':
      return status.is === 'unasked' || status.is === 'uncheckable'
  }
}
