import type { Clock, Elements, FillRandom, Watchable } from '../domain/index.ts'
import type { Reply } from './error.ts'
import type { QueryReply, QuerySummary } from './result.ts'
import type { ServiceReport, ServiceState } from './service.ts'
import type { WellKnown } from '../api/index.ts'

/** What the channels need. */
export interface ChannelDeps {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  readonly clock: Clock
  readonly random: FillRandom
  /** Gateway origins in the order they are tried, e.g. `https://piaozai.example`; the page's own first. */
  readonly origins: readonly string[]
  /** Origins that serve `/status.json` only; they tell a dead gateway from a dead network. */
  readonly statusHosts?: readonly string[]
  /** The `Piaozai-Device` pseudonym, read anew for every request. */
  readonly deviceId: () => Promise<string>
  /** `navigator.onLine`: believed only when it says no and nothing answers. */
  readonly onLine: () => boolean
}

/** Other ways than the first origin, as that one's card names them. */
export interface OtherWays {
  readonly origins: readonly string[]
  readonly statusHosts: readonly string[]
}

/** The device's access to gateways. Nothing here throws. */
export interface Channels {
  readonly state: Watchable<ServiceState>
  /** Posts at most 50 queries; replies come in no promised order and some may be missing. */
  ask(queries: readonly { readonly id: string; readonly elements: Elements }[]): Promise<Reply<readonly QueryReply[]>>
  /** States of at most 50 queries, without their invoices. */
  summaries(ids: readonly string[]): Promise<Reply<readonly QuerySummary[]>>
  status(): Promise<Reply<ServiceReport>>
  /** The card of a gateway. Only that of the first origin, where the app came from and which is the default, may say who else is believed. */
  wellKnown(origin?: string): Promise<Reply<WellKnown>>
  /** The signed trust list that the first origin serves, as text; whoever takes it judges it. */
  trustList(): Promise<Reply<string>>
  /** The gateways that are asked, in their order: the own one, then those its card named. */
  origins(): readonly string[]
  /** Finds out how the service is, tells `state`, and returns it. One probe at a time. */
  probe(): Promise<ServiceState>
  /** Seeds the state with a report kept from an earlier day, while nothing newer is known. */
  remember(report: ServiceReport): void
  /** Takes these from now on beside what was given at the start, in place of the ones before. What is no origin is left out. */
  alsoUse(ways: OtherWays): void
}

export type { WellKnown }
