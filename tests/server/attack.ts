import type { Elements } from '../../src/domain/index.ts'
import type { Source } from '../../src/server/sources/source.ts'
import { chanceOf, type Chance } from '../fault/chance.ts'
import type { TestGateway } from './kit/gateway.ts'

const second = 1000
const hour = 3_600_000

export interface AttackPlan {
  readonly networks: number
  readonly addresses: number
  readonly days: number
  /** Tries that the attackers would make if nobody stopped them. */
  readonly tries: number
  /** Invoices whose number and date they know. */
  readonly known: number
  readonly seed: number
}

/** What came of it. */
export interface Attacked {
  /** Tries that were sent, those that were asked of a source, and what was sent but not taken in. */
  readonly sent: number
  readonly asked: number
  readonly stopped: number
  /** Invoices that somebody guessed. */
  readonly disclosed: number
  /** The same as an expectation: for each try that was asked, how likely it was right. */
  readonly expected: number
  readonly good: number
  /** Of the good ones' questions, how many nobody took in, or did not answer the same day. */
  readonly refused: number
}

/**
 * What invoices come to, in fen, as people issue them: log-normal around 300 yuan; three in ten are whole yuan, one in twenty a multiple of ten.
 * Whoever guesses draws from the same.
 */
export function amountFrom(chance: Chance): number {
  const u = (chance.below(2 ** 30) + 1) / 2 ** 30
  const v = chance.below(2 ** 30) / 2 ** 30
  const fen = Math.max(100, Math.round(30_000 * Math.exp(1.5 * Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v))))
  const shape = chance.below(100)
  if (shape < 5) return Math.max(1000, Math.round(fen / 1000) * 1000)
  return shape < 35 ? Math.max(100, Math.round(fen / 100) * 100) : fen
}

/** How likely two draws are the same. */
export function collision(seed: number, draws = 400_000): number {
  const chance = chanceOf(seed)
  const counts = new Map<number, number>()
  for (let draw = 0; draw < draws; draw++) {
    const amount = amountFrom(chance)
    counts.set(amount, (counts.get(amount) ?? 0) + 1)
  }
  // Pairs that are the same among all pairs: without the bias of a draw meeting itself.
  let pairs = 0
  for (const count of counts.values()) pairs += count * (count - 1)
  return pairs / (draws * (draws - 1))
}

/** The authority: knows every invoice, and what it comes to. Asked by `tries`, what was guessed is noted. */
export function authorityOf(amounts: ReadonlyMap<string, number>, note: (elements: Elements, right: boolean) => void): Source {
  return {
    id: 'simulated',
    name: 'simulated',
    class: 'authority',
    metered: true,
    pace: { width: 50 },
    supports: () => true,
    ask(elements) {
      const right = amounts.get(elements.number) === elements.amount
      note(elements, right)
      return Promise.resolve({ outcome: right ? 'ok' : 'mismatch', asOf: null })
    },
  }
}

/** Attackers and good users side by side, wave by wave. */
export async function attack(
  gateway: TestGateway,
  amounts: Map<string, number>,
  isAttack: { now: boolean },
  { networks, addresses, days, tries, known, seed }: AttackPlan,
): Promise<Pick<Attacked, 'sent' | 'stopped' | 'good' | 'refused'>> {
  const chance = chanceOf(seed)
  let [sent, stopped, good, refused, ids] = [0, 0, 0, 0, 0]
  const number = (index: number) => `2611200${String(index).padStart(13, '0')}`
  const query = (index: number, amount: number) => ({
    id: `019a0000-0000-7000-8000-${String(++ids).padStart(12, '0')}`,
    kind: 'digital-ordinary',
    number: number(index),
    issuedOn: '2026-09-24',
    amount: `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`,
  })
  for (let index = 0; index < known; index++) amounts.set(number(index), amountFrom(chance))

  async function post(address: string, device: string | null, queries: readonly object[]): Promise<string[]> {
    const headers = { 'Content-Type': 'application/json', ...(device !== null && { 'Piaozai-Device': device }) }
    const posted = gateway.fetch('/api/v1/queries', { method: 'POST', headers, body: JSON.stringify({ queries }) }, address)
    await gateway.clock.pass(second)
    const response = await posted
    if (response.status !== 200) return queries.map(() => 'stopped')
    const { results } = (await response.json()) as { results: { state: string }[] }
    return results.map(({ state }) => (state === 'refused' ? 'stopped' : state))
  }

  const perBatch = 10
  /** Good users between two waves. */
  const people = networks >= 100 ? 40 : 6
  /** Hours between two waves: fewer and larger ones in the short run. */
  const apart = networks >= 100 ? 1 : 3
  const batchesAWave = Math.ceil((tries * apart) / (days * 24) / networks / perBatch)
  let own = known
  for (let at = 0; at < days * 24; at += apart) {
    isAttack.now = true
    for (let network = 0; network < networks; network++) {
      // Once a network is stopped its further tries of the wave are as those before: they are counted, not sent.
      for (let batch = 0; batch < batchesAWave; batch++) {
        const address = `10.1.${network}.${1 + chance.below(Math.max(1, addresses / networks))}`
        const states = await post(
          address,
          `${String(++ids).padStart(22, 'B')}`,
          Array.from({ length: perBatch }, () => query(chance.below(known), amountFrom(chance))),
        )
        sent += perBatch
        stopped += states.filter((state) => state === 'stopped').length
        if (states.every((state) => state === 'stopped')) {
          const rest = (batchesAWave - batch - 1) * perBatch
          sent += rest
          stopped += rest
          break
        }
      }
    }
    isAttack.now = false
    // People with invoices of their own, one in thirty mistyped and typed again; some share an office network.
    for (let user = 0; user < people; user++) {
      const index = own++
      amounts.set(number(index), amountFrom(chance))
      const address = chance.below(2) === 0 ? `10.2.0.${1 + user}` : `10.3.${chance.below(250)}.9`
      const device = String(index).padStart(22, 'A')
      const right = amounts.get(number(index)) ?? 0
      if (chance.below(30) === 0) await post(address, device, [query(index, right + 100)])
      const [state] = await post(address, device, [query(index, right)])
      good++
      if (state !== 'answered') refused++
    }
    await gateway.clock.leap(apart * hour)
  }
  return { sent, stopped, good, refused }
}
