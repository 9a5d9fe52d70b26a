import { canonicalKey, emptyInvoice, ruleOf } from '../../domain/index.ts'
import type { Clock } from '../clock.ts'
import { compare } from '../registry/compare.ts'
import { toInvoice } from '../registry/record.ts'
import type { Store } from '../store/store.ts'
import type { Source } from './source.ts'

/** The gateway's own records of issued invoices. It speaks only about what it holds. */
export function registrySource(store: Store, clock: Clock): Source {
  return {
    id: 'registry',
    name: 'Own registry',
    class: 'registry',
    metered: false,
    supports: (kind) => ruleOf(kind).elements.length > 0,
    async ask(elements) {
      const key = canonicalKey({ ...emptyInvoice(elements.kind), code: null, hash: null, ...elements })
      const record = key === null ? null : await store.record(key)
      if (record === null) return { outcome: 'no-record', asOf: clock.now() }
      const invoice = toInvoice(record)
      const asOf = record.updatedAt
      const compared = compare(elements, invoice)
      if (compared === 'unknown') return { outcome: 'no-record', asOf, partial: invoice }
      if (compared === 'different') return { outcome: 'mismatch', asOf }
      const outcome = { normal: 'ok', voided: 'voided', 'red-flushed': 'red-flushed-full' } as const
      return { outcome: outcome[record.state], asOf, invoice }
    },
  }
}
