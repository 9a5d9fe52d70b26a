import { hashedSender, type Sender } from '../admission/sender.ts'
import type { Incoming } from '../http/incoming.ts'
import type { Keys } from '../keys.ts'
import { hopsHeader } from '../sources/peer/source.ts'
import type { HashedSender } from '../store/store.ts'

/** Who sent a request, as it is recognised without being kept. Headers that proxies add are believed of our own fronts alone: anybody can send them. */
export type SenderOf = (incoming: Incoming) => HashedSender

/** A connection mostly brings requests of one sender: it is hashed again when another one comes, and forgotten with the connection. */
export function createSenderOf(keys: Keys, addressOf: (address: string, forwardedFor: string | undefined) => string): SenderOf {
  const lasts = new WeakMap<object, Sender & { readonly hashed: HashedSender }>()
  return (incoming) => {
    const device = incoming.header('piaozai-device') ?? null
    const address = addressOf(incoming.peer, incoming.header('x-forwarded-for'))
    const last = lasts.get(incoming.connection)
    if (last && last.device === device && last.address === address) return last.hashed
    const hashed = hashedSender(keys, { device, address })
    lasts.set(incoming.connection, { device, address, hashed })
    return hashed
  }
}

const hops = hopsHeader.toLowerCase() as Lowercase<typeof hopsHeader>

/** True when another gateway passed the request on. Whatever the header says but nothing: it only ever makes us ask fewer. */
export function isForwarded(incoming: Incoming): boolean {
  return (incoming.header(hops) ?? '0') !== '0'
}
