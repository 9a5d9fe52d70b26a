import type { Incoming } from './incoming.ts'
import type { FinishedReply, Reply } from './reply.ts'

/** Answers requests, every one of them: what goes wrong is a reply, too. */
export type Handle = (incoming: Incoming) => Promise<FinishedReply>

/** What one method of an address does. `rest`: what stands for `:id`; empty when the address has no such place. */
export type Handler = (incoming: Incoming, rest: string) => Reply | Promise<Reply>

/** An address by its methods; a HEAD is a GET whose body is not sent. Methods that are not named are for `others`, or for who answers unknown paths. */
export type Address = Readonly<Partial<Record<'GET' | 'POST' | 'others', Handler>>>

/** Every address by its path; a last part `:id` stands for one part of any path. */
export type Addresses = Readonly<Record<string, Address>>

export interface Found {
  readonly address: Address
  readonly rest: string
}

/** @returns what finds the address of a path, by one or two look-ups; null for a path that has none. */
export function finderOf(addresses: Addresses): (path: string) => Found | null {
  const whole = new Map<string, Found>()
  const parents = new Map<string, Address>()
  for (const [path, address] of Object.entries(addresses)) {
    if (path.endsWith('/:id')) parents.set(path.slice(0, -':id'.length), address)
    else whole.set(path, { address, rest: '' })
  }
  return (path) => {
    const found = whole.get(path)
    if (found) return found
    const from = path.lastIndexOf('/') + 1
    const address = from === path.length ? undefined : parents.get(path.slice(0, from))
    return address ? { address, rest: decoded(path.slice(from)) } : null
  }
}

/** What an address does about a method; null: nothing. */
export function handlerOf(address: Address, method: string): Handler | null {
  const named = method === 'HEAD' ? 'GET' : method
  return (named === 'GET' || named === 'POST' ? address[named] : undefined) ?? address.others ?? null
}

/** What does not decode stands for itself: nothing has such an id. */
function decoded(part: string): string {
  if (!part.includes('%')) return part
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
