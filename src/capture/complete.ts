import type { Fen, Kind } from '../domain/index.ts'
import type { Captured, CaptureDeps } from './capture.ts'

/** Values a person typed into an entry; absent ones stay as they are, null clears a field. */
export interface TypedValues {
  readonly kind?: Kind
  readonly code?: string | null
  readonly number?: string | null
  readonly issuedOn?: string | null
  readonly amount?: Fen | null
  readonly amountExTax?: Fen | null
  readonly tax?: Fen | null
  readonly checkCode?: string | null
  readonly hash?: string | null
  readonly sellerName?: string | null
  readonly buyerName?: string | null
  readonly remark?: string | null
}

/**
 * 补填 and editing: the typed values replace what was there, with provenance `typed`. Edited elements make a new question; old answers stay but no
 * longer count. When the entry turns out to be another one already in the wallet they become one, and `entryId` is the older.
 * @throws WalletError; null when there is no such entry.
 */
export async function complete(_deps: CaptureDeps, _entryId: string, _values: TypedValues): Promise<Captured | null> {
  throw new Error('follows')
}
