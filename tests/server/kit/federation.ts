import type { Egress, Outgoing } from '../../../src/server/egress/egress.ts'
import type { TestGateway } from './gateway.ts'

/** A network on which other gateways, in this process, are found under their origins. */
export interface Federation {
  readonly egress: Egress
  /** What went over it. */
  readonly sent: Outgoing[]
  join(origin: string, gateway: TestGateway): void
}

export function federation(): Federation {
  const gateways = new Map<string, TestGateway>()
  const sent: Outgoing[] = []
  return {
    sent,
    join: (origin, gateway) => void gateways.set(origin, gateway),
    egress: (origins) => async (outgoing) => {
      const { origin, pathname } = new URL(outgoing.url)
      const gateway = gateways.get(origin)
      if (!origins.includes(origin) || !gateway) throw new Error('no such host')
      sent.push(outgoing)
      const { method, headers, body } = outgoing
      const reply = await gateway.fetch(pathname, { method, headers, ...(body !== undefined && { body }) }, '203.0.113.77')
      return { status: reply.status, body: await reply.text() }
    },
  }
}
