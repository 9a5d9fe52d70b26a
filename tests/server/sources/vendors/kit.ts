import { emptyInvoice, elementsOf, type Elements, type Kind } from '../../../../src/domain/index.ts'
import type { Incoming, Outgoing, Send } from '../../../../src/server/egress/egress.ts'

/** A service that answers what a test says, and what it was sent. */
export interface TestService {
  readonly send: Send
  readonly sent: Outgoing[]
  answers: (outgoing: Outgoing) => Incoming
}

export function testService(answers: TestService['answers'] = () => ({ status: 500, body: '{}' })): TestService {
  const service: TestService = {
    sent: [],
    answers,
    send(outgoing) {
      service.sent.push(outgoing)
      return Promise.resolve(service.answers(outgoing))
    },
  }
  return service
}

export const json = (body: unknown, status = 200): Incoming => ({ status, body: JSON.stringify(body) })

/** The elements of an invented invoice of a kind. */
export function elements(kind: Kind): Elements {
  const isDigital = ['digital-special', 'digital-ordinary', 'rail', 'air'].includes(kind)
  const made = elementsOf({
    ...emptyInvoice(kind),
    number: isDigital ? '26112000000000000001' : kind === 'fiscal' ? '0123456789' : '12345678',
    code: isDigital ? null : '011002000111',
    issuedOn: '2026-09-24',
    amount: 10_600,
    amountExTax: 10_000,
    checkCode: '11112222333344445555',
    hash: 'abcdef012345',
  })
  if (made === null) throw new Error(`${kind} cannot be asked`)
  return made
}

export const never = new AbortController().signal
