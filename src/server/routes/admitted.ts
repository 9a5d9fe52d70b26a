import type { Load } from '../admission/load.ts'
import type { Clock } from '../clock.ts'
import type { Incoming } from '../http/incoming.ts'
import type { Reply } from '../http/reply.ts'
import { spread } from '../query/retry-after.ts'
import type { Random } from '../random.ts'
import { problemReply } from './reply.ts'

export interface AdmittedNeeds {
  readonly load: Load
  readonly random: Random
  readonly clock: Clock
  readonly maintenance: boolean
  readonly onRequest: (route: string, status: number, seconds: number) => void
}

/** Seconds after which whoever was sent away may come back, at least. */
const overloadSeconds = 10
const maintenanceSeconds = 300

/** Does the work of a request once it is let in, or sends it away before a byte of its body is read. */
export type Admit = (incoming: Incoming, work: () => Promise<Reply>) => Reply | Promise<Reply>

/** Lets requests in as the gateway can bear them; the others get 503 and a time of their own to come back at. What was asked before can be looked up during maintenance. */
export function createAdmit({ load, random, clock, maintenance, onRequest }: AdmittedNeeds): Admit {
  async function inside(route: string, work: () => Promise<Reply>): Promise<Reply> {
    const begun = clock.now()
    let status = 500
    try {
      const reply = await work()
      ;({ status } = reply)
      return reply
    } finally {
      load.leave()
      onRequest(route, status, (clock.now() - begun) / 1000)
    }
  }

  return ({ method }, work) => {
    const route = `${method} queries`
    if (maintenance && method === 'POST') {
      onRequest(route, 503, 0)
      return problemReply('maintenance', { retryAfter: spread(maintenanceSeconds, random.fraction()) })
    }
    if (!load.enter()) {
      onRequest(route, 503, 0)
      return problemReply('overloaded', { retryAfter: spread(overloadSeconds, random.fraction()) })
    }
    return inside(route, work)
  }
}
