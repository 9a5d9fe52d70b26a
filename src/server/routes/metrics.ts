import { createHash, timingSafeEqual } from 'node:crypto'
import type { Addresses } from '../http/handle.ts'
import type { Incoming } from '../http/incoming.ts'
import { problemReply } from './reply.ts'

export interface MetricsRouteNeeds {
  readonly text: () => Promise<{ readonly contentType: string; readonly body: string }>
  /** What a reader must show as `Authorization: Bearer …`; null: only readers on this machine are answered. */
  readonly token: string | null
}

/** `/metrics`, for the operator alone: for everybody else it is an address like any that does not exist. */
export function metricsRoute({ text, token }: MetricsRouteNeeds): Addresses {
  return {
    '/metrics': {
      async GET(incoming) {
        if (!(token === null ? isFromHere(incoming) : shows(incoming, token))) return problemReply('not-found')
        const { contentType, body } = await text()
        return { status: 200, headers: ['Content-Type', contentType], body }
      },
    },
  }
}

/** From this machine itself: what a proxy on it passes on comes from somewhere else. */
function isFromHere(incoming: Incoming): boolean {
  const isLocal = /^(::ffff:)?127\.|^::1$/.test(incoming.peer)
  return isLocal && (['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'] as const).every((name) => incoming.header(name) === undefined)
}

function shows(incoming: Incoming, token: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest()
  return timingSafeEqual(digest(incoming.header('authorization') ?? ''), digest(`Bearer ${token}`))
}
