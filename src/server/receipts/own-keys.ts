import { kidOfKey, type KeyList, type ReceiptKey } from '../../authenticity/index.ts'
import type { Keys, ReceiptSecret } from '../keys.ts'
import type { Generation } from './generations.ts'

/** A key of this gateway's own, as the list has it and as it signs. */
export interface OwnKey {
  readonly kid: Uint8Array
  readonly listed: ReceiptKey
  readonly secret: ReceiptSecret
}

/** The keys of the generations, oldest first; each ends where the next begins. */
export function ownKeys(keys: Keys, generations: readonly Generation[]): Promise<OwnKey[]> {
  return Promise.all(
    generations.map(async ({ from }, index) => {
      const secret = keys.receiptKey(index + 1)
      const kid = await kidOfKey(secret.publicKey)
      const until = generations[index + 1]?.from ?? null
      return { kid, secret, listed: { kid: hex(kid), publicKey: hex(secret.publicKey), from, until, revoked: false } }
    }),
  )
}

/** The list of them that nobody signs: the same at every gateway with this secret and this store. */
export function ownList(own: readonly OwnKey[], generations: readonly Generation[]): KeyList {
  return {
    version: generations.length,
    issuedOn: generations.at(-1)?.decidedOn ?? '1970-01-01',
    gateway: null,
    keys: own.map(({ listed }) => listed),
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
