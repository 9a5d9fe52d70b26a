import type { Instant, SourceClass } from '../domain/index.ts'

/** The gateway's status document with times as instants. */
export interface ServiceReport {
  readonly mode: 'normal' | 'degraded' | 'maintenance' | 'outage'
  /** When the document was made: it may come from a cache. */
  readonly asOf: Instant
  readonly components: readonly {
    readonly id: string
    readonly name: string
    readonly class: SourceClass | null
    readonly state: 'up' | 'degraded' | 'down' | 'maintenance' | 'unknown'
    readonly since: Instant | null
    readonly latencyMs: number | null
  }[]
  readonly incidents: readonly {
    readonly id: string
    readonly title: string
    readonly state: 'investigating' | 'identified' | 'monitoring' | 'resolved'
    readonly startedAt: Instant
    readonly expectedAt: Instant | null
    readonly updates: readonly { readonly at: Instant; readonly text: string }[]
    readonly scope: string
  }[]
  readonly queue: { readonly parked: number; readonly oldest: Instant | null; readonly drainPerMinute: number | null }
}

/**
 * The three outages told apart, by asking, never by `navigator.onLine` alone. `unknown` until the first probe ended.
 * `captured` is true when somebody else answers in the gateway's place (a Wi-Fi login page).
 */
export interface ServiceState {
  readonly is: 'unknown' | 'up' | 'device-offline' | 'gateway-down' | 'authority-down'
  readonly captured: boolean
  /** When it became so, as far as this device knows. */
  readonly since: Instant
  /** When it was last found so. */
  readonly asOf: Instant
  /** The last status document that could be read, however old: see its own `asOf`. */
  readonly report: ServiceReport | null
}
