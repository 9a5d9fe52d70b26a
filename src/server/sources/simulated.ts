import { fromWireInvoice, fromWireTime, invoice, time, z } from '../../api/index.ts'
import { ruleOf } from '../../domain/index.ts'
import type { Clock } from '../clock.ts'
import { createSimulator, type Reply } from './simulator.ts'
import type { Source } from './source.ts'

const statement = z.object({
  outcome: z.enum(['ok', 'voided', 'red-flushed-full', 'mismatch', 'not-found']),
  asOf: time,
  invoice: z.optional(invoice),
})
const health = z.object({ state: z.literal('ok') })

/**
 * The simulated authority as a source, for rehearsals and tests: it speaks with {@link createSimulator} as with a service on the network,
 * and believes nothing that does not have the agreed shape.
 * @param file the JSON file that says how it behaves.
 */
export function simulatedSource(file: string, clock: Clock): Source {
  const simulator = createSimulator(file, clock)
  return {
    id: 'simulated',
    name: 'Simulated authority',
    class: 'authority',
    metered: true,
    supports: (kind) => ruleOf(kind).elements.length > 0,
    async ask(elements, signal) {
      const said = readReply(statement, await simulator.ask(elements, signal))
      return {
        outcome: said.outcome,
        asOf: fromWireTime(said.asOf),
        ...(said.invoice && { invoice: fromWireInvoice(said.invoice) }),
      }
    },
    async probe(signal) {
      readReply(health, await simulator.health(signal))
    },
  }
}

/** The body of a reply, once it is what was agreed. Whatever else comes, such as a maintenance page, is a fault of the source. */
function readReply<T extends z.core.$ZodType>(schema: T, reply: Reply): z.output<T> {
  if (reply.status !== 200) throw new Error(`the source answered ${reply.status}`)
  if (!reply.contentType.startsWith('application/json')) throw new Error('the source answered something else than JSON')
  return z.parse(schema, JSON.parse(reply.body))
}
