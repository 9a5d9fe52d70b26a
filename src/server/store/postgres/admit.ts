import { addDays, dateAt } from '../../../domain/index.ts'
import { toStoredQuery } from '../rows.ts'
import type { Admission, Arrival, StoredQuery } from '../store.ts'
import { Again, type Connection } from './connection.ts'
import { isDuplicate } from './fault.ts'
import type { PostgresStatements } from './statements.ts'

interface Known {
  readonly question: string
  readonly state: StoredQuery['state']
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
  const known = new Map<string, Known>(stored.map((one) => [one.id, { question: one.question, state: toStoredQuery(one).state }]))
  const isNew = ({ id, question }: Arrival) => {
    const before = known.get(id)
    return before === undefined || (before.state === 'refused' && before.question === question)
  }
  const isWary = await noteTries(on, statements, arrivals.filter(isNew))
  const newest = new Map(confirmed.map((one) => [one.question, one]))
  const wanted = new Map<string, Arrival>()
  const rows: object[] = []
  const again: string[] = []
  const joined: { question: string; turn: number; wary: number }[] = []

  const admissions = arrivals.map((arrival): Admission => {
    const { id, question, ticket, receivedAt, turn } = arrival
    const before = known.get(id)
    if (before && !isNew(arrival)) {
      if (before.question !== question) return 'reused-id'
      return before.state === 'answered' ? 'answered' : 'joined'
    }
    if (before) again.push(id)
    const found = newest.get(question)
    const answer = found && found.answered_at > arrival.reuseSince ? found.id : null
    known.set(id, { question, state: answer === null ? 'waiting' : 'answered' })
    rows.push({
      id,
      question,
      ticket,
      received_at: receivedAt,
      answer,
      answered_at: answer === null ? null : receivedAt,
      collected_at: null,
      sender: answer === null ? hexOf(arrival.sender) : null,
      turn,
      wary: isWary(arrival) ? 1 : 0,
    })
    if (answer !== null) return 'answered'
    joined.push({ question, turn, wary: isWary(arrival) ? 1 : 0 })
    if (wanted.has(question)) return 'joined'
    wanted.set(question, arrival)
    return isWary(arrival) ? 'wary' : 'open'
  })

  const opened = await open(on, statements, owner, wanted)
  const others = joined.filter(({ question, turn }) => !opened.has(question) || wanted.get(question)?.turn !== turn)
  if (others.length > 0) await on.run(statements.joinQuestions, { rows: JSON.stringify(others) })
  if (again.length > 0) await on.run(statements.removeRefusedOf, { ids: again })
  if (rows.length > 0) await on.run(statements.addQueries, { rows: JSON.stringify(rows) }).catch(againIfKnown)
  const isOpened = (index: number) => opened.has(arrivals[index]?.question ?? '')
  return admissions.map((one, index) => ((one === 'open' || one === 'wary') && !isOpened(index) ? 'joined' : one))
}

/** Bytes as PostgreSQL reads them in JSON. */
const hexOf = (bytes: Uint8Array) => `\\x${Buffer.from(bytes).toString('hex')}`

/**
 * Notes who tries what about which invoice. @returns who has tried wrong elements, or other elements of the same invoice, which makes one of the
 * two wrong.
 */
async function noteTries(on: Connection, statements: PostgresStatements, arrivals: readonly Arrival[]): Promise<(one: Arrival) => boolean> {
  if (arrivals.length === 0) return () => false
  const key = (sender: string, invoice: string) => `${sender} ${invoice}`
  const firsts = new Map<string, { sender: string; invoice: string; question: string; at: number }>()
  for (const { invoice, question, receivedAt: at, by } of arrivals) {
    for (const sender of [by.device, by.network]) {
      const about = key(sender, invoice)
      if (!firsts.has(about)) firsts.set(about, { sender, invoice, question, at })
    }
  }
  const rows = JSON.stringify([...firsts.values()])
  const senders = [...new Set([...firsts.values()].map(({ sender }) => sender))]
  const since = addDays(dateAt(Math.min(...arrivals.map(({ receivedAt }) => receivedAt))), -1)
  const [, known, wrong] = await Promise.all([
    on.run(statements.addTries, { rows }),
    on.all(statements.firstTries, { rows }),
    on.all(statements.wrongSenders, { senders, since }),
  ])
  const first = new Map(known.map((one) => [key(one.sender, one.invoice), one.question]))
  const suspects = new Set(wrong.map(({ sender }) => sender))
  return ({ by, invoice, question }) =>
    [by.device, by.network].some((sender) => suspects.has(sender) || first.get(key(sender, invoice)) !== question)
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
  const rows = [...wanted.values()].map((arrival) => {
    const { question, invoice, elements, receivedAt, leaseUntil, turn } = arrival
    return {
      question,
      invoice,
      elements: hexOf(elements),
      created_at: receivedAt,
      lease_until: leaseUntil,
      owner,
      turn,
    }
  })
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
