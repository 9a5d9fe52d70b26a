import type { Admission, Arrival } from '../store.ts'
import { Again, type Connection } from './connection.ts'
import { isDuplicate } from './fault.ts'
import type { PostgresStatements } from './statements.ts'

interface Known {
  readonly question: string
  readonly answered: boolean
}

/**
 * Takes in queries, in order, inside one transaction, in three round trips however many they are. Other gateways do the same at the same time:
 * a question is opened by one of them, and nobody joins a question that is being answered meanwhile.
 * @throws {Again} when what it saw is no longer so.
 */
export async function admitAll(
  on: Connection,
  statements: PostgresStatements,
  owner: number,
  arrivals: readonly Arrival[],
): Promise<Admission[]> {
  const questions = [...new Set(arrivals.map(({ question }) => question))].sort()
  const [stored, confirmed] = await Promise.all([
    on.all(statements.queries, { ids: arrivals.map(({ id }) => id) }),
    on.all(statements.confirmed, { questions }),
  ])
  const known = new Map<string, Known>(stored.map((one) => [one.id, { question: one.question, answered: one.answered_at !== null }]))
  const newest = new Map(confirmed.map((one) => [one.question, one]))
  const wanted = new Map<string, Arrival>()
  const rows: object[] = []

  const admissions = arrivals.map((arrival): Admission => {
    const { id, question, ticket, receivedAt } = arrival
    const before = known.get(id)
    if (before) {
      if (before.question !== question) return 'reused-id'
      return before.answered ? 'answered' : 'joined'
    }
    const found = newest.get(question)
    const answer = found && found.answered_at > arrival.reuseSince ? found.id : null
    known.set(id, { question, answered: answer !== null })
    rows.push({
      id,
      question,
      ticket,
      received_at: receivedAt,
      answer,
      answered_at: answer === null ? null : receivedAt,
      collected_at: null,
    })
    if (answer !== null) return 'answered'
    if (wanted.has(question)) return 'joined'
    wanted.set(question, arrival)
    return 'open'
  })

  const opened = await open(on, statements, owner, wanted)
  if (rows.length > 0) await on.run(statements.addQueries, { rows: JSON.stringify(rows) }).catch(againIfKnown)
  return admissions.map((one, index) => (one === 'open' && !opened.has(arrivals[index]?.question ?? '') ? 'joined' : one))
}

/** Opens the questions that are not open. @returns which those are. */
async function open(
  on: Connection,
  statements: PostgresStatements,
  owner: number,
  wanted: ReadonlyMap<string, Arrival>,
): Promise<ReadonlySet<string>> {
  if (wanted.size === 0) return new Set()
  const questions = [...wanted.keys()]
  const rows = [...wanted.values()].map(({ question, invoice, elements, receivedAt, leaseUntil }) => ({
    question,
    invoice,
    elements: `\\x${Buffer.from(elements).toString('hex')}`,
    created_at: receivedAt,
    lease_until: leaseUntil,
    owner,
  }))
  const [opened, kept, confirmed] = await Promise.all([
    on.all(statements.openQuestions, { rows: JSON.stringify(rows) }),
    on.all(statements.keepQuestions, { questions }),
    on.all(statements.confirmed, { questions }),
  ])
  // Answered between the first look and now: the next attempt sees the answer, or opens the question.
  if (kept.length < questions.length) throw new Again()
  if (confirmed.some((one) => one.answered_at > (wanted.get(one.question)?.reuseSince ?? 0))) throw new Again()
  return new Set(opened.map(({ question }) => question))
}

function againIfKnown(error: unknown): never {
  throw isDuplicate(error) ? new Again() : error
}
