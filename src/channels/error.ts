/**
 * Why a gateway gave no reply that can be used, classified once, here.
 * - `offline`: nothing on the network can be reached.
 * - `gateway-down`: others can be reached, or may be, but not the gateway. `because` tells a request that got no answer in time, which may be
 *   the fault of what it carried, from one that reached nobody.
 * - `not-a-gateway`: somebody else answered (captive portal, proxy page), or the reply cannot be read.
 * - `overloaded`: the gateway asks to wait; `retryAfter` in seconds, null when it did not say anything sane.
 * - `rejected`: the gateway refused the request as a whole, with its permanent code.
 */
export type ChannelError =
  | { readonly is: 'offline' }
  | { readonly is: 'gateway-down'; readonly because: 'unreachable' | 'timeout' | 'server-error' }
  | { readonly is: 'not-a-gateway' }
  | { readonly is: 'overloaded'; readonly retryAfter: number | null; readonly reason: 'overload' | 'maintenance' }
  | { readonly is: 'rejected'; readonly status: number; readonly code: string }

/** What came of a request. Network faults are values here, never exceptions. */
export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ChannelError }
