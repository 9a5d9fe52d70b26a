import { serviceStatus } from '../api/index.ts'
import type { Watchable } from '../domain/index.ts'
import type { ChannelDeps } from './channels.ts'
import type { ChannelError } from './error.ts'
import type { createFailover } from './failover.ts'
import { readReport } from './read.ts'
import { request } from './request.ts'
import type { ServiceReport, ServiceState } from './service.ts'

type Found = Pick<ServiceState, 'is' | 'captured'> & { readonly report?: ServiceReport }

/** One small GET of the status document says whether the gateway lives and what it knows of the authority; only if it fails are others asked. */
export function createProbe(
  deps: ChannelDeps,
  ask: ReturnType<typeof createFailover>,
  state: Watchable<ServiceState> & { set(value: ServiceState): void },
): () => Promise<ServiceState> {
  let running: Promise<ServiceState> | null = null

  async function look(): Promise<Found> {
    const reply = await ask('/api/v1/status', serviceStatus)
    if (reply.ok) {
      const report = readReport(reply.value)
      return { is: authorityIsDown(report) ? 'authority-down' : 'up', captured: false, report }
    }
    // It asked to wait, so it is there.
    if (reply.error.is === 'overloaded' || reply.error.is === 'rejected') return { is: 'up', captured: false }
    return lookElsewhere(reply.error)
  }

  async function lookElsewhere(error: ChannelError): Promise<Found> {
    const hosts = deps.statusHosts ?? []
    const replies = await Promise.all(hosts.map((host) => request(deps, { url: `${host}/status.json`, named: false }, serviceStatus)))
    const found = replies.find((reply) => reply.ok)
    if (found?.ok) return { is: 'gateway-down', captured: false, report: readReport(found.value) }
    if (error.is === 'not-a-gateway') return { is: 'device-offline', captured: true }
    // With nobody else to ask, the browser's own "no" is believed; its "yes" never is when others do not answer either.
    const alone = hosts.length === 0
    const answered = error.is === 'gateway-down' && error.because === 'server-error'
    return { is: !answered && (!deps.onLine() || !alone) ? 'device-offline' : 'gateway-down', captured: false }
  }

  async function run(): Promise<ServiceState> {
    const { is, captured, report } = await look()
    const now = deps.clock.now()
    const before = state.value
    const next: ServiceState = {
      is,
      captured,
      since: before.is === is ? before.since : (sinceOf(is, report) ?? now),
      asOf: now,
      report: report ?? before.report,
    }
    state.set(next)
    return next
  }

  return () => (running ??= run().finally(() => (running = null)))
}

/** True when no source that speaks for the authority can answer. */
function authorityIsDown({ mode, components }: ServiceReport): boolean {
  const authorities = components.filter((one) => one.class === 'authority')
  const down = authorities.filter(({ state }) => state === 'down' || state === 'maintenance')
  return mode === 'maintenance' || mode === 'outage' || (authorities.length > 0 && down.length === authorities.length)
}

/** The gateway knows better than this device since when the authority has been down. */
function sinceOf(is: ServiceState['is'], report: ServiceReport | undefined): number | null {
  if (is !== 'authority-down' || report === undefined) return null
  const times = report.components.flatMap(({ class: voice, since }) => (voice === 'authority' && since !== null ? since : []))
  return times.length > 0 ? Math.max(...times) : null
}
