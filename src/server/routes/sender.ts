import type { Sender } from '../admission/rates.ts'
import type { Incoming } from '../http/incoming.ts'
import { hopsHeader } from '../sources/peer/source.ts'

/** Who sent a request. Headers that proxies add are believed of our own fronts alone: anybody can send them. */
export type SenderOf = (incoming: Incoming) => Sender

export function createSenderOf(addressOf: (address: string, forwardedFor: string | undefined) => string): SenderOf {
  return (incoming) => ({
    device: incoming.header('piaozai-device') ?? null,
    address: addressOf(incoming.peer, incoming.header('x-forwarded-for')),
  })
}

const hops = hopsHeader.toLowerCase() as Lowercase<typeof hopsHeader>

/** True when another gateway passed the request on. Whatever the header says but nothing: it only ever makes us ask fewer. */
export function isForwarded(incoming: Incoming): boolean {
  return (incoming.header(hops) ?? '0') !== '0'
}
