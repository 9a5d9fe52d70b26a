import { describe, expect, it, onTestFinished } from 'vitest'
import { dateAt } from '../../../src/domain/index.ts'
import type { NewRecord } from '../../../src/server/store/record.ts'
import type { Places, Word } from '../../../src/server/store/shared.ts'
import type { Arrival, Ending, NewAnswer, Store, Tally } from '../../../src/server/store/store.ts'

const now = Date.parse('2026-11-24T02:00:00Z')
const day = 24 * 3_600_000
const bytes = (text: string) => Buffer.from(text)

function arrival(id: string, question: string, more: Partial<Arrival> = {}): Arrival {
  return {
    id,
    question,
    invoice: `invoice of ${question}`,
    elements: bytes(`elements of ${question}`),
    ticket: `ticket of ${id}`,
    receivedAt: now,
    reuseSince: now - day,
    leaseUntil: now + 60_000,
    turn: more.receivedAt ?? now,
    by: { device: `device of ${id}`, network: `network of ${id}` },
    sender: bytes(`sender of ${id}`),
    ...more,
  }
}

function answer(id: string, more: Partial<NewAnswer> = {}): NewAnswer {
  return { id, verdict: 'confirmed', sealed: bytes(`sealed ${id}`), asOf: now, answeredAt: now, ...more }
}

/** Answers these queries, or everybody who waits. */
async function settle(
  store: Store,
  question: string,
  answer: NewAnswer,
  calls: Parameters<Store['settle']>[2] = [],
  more: Partial<Ending> = {},
) {
  const queries = await store.waiting(question)
  const ending = { at: answer.answeredAt, answered: queries.map(({ id }) => id), answer, refused: [], tallies: new Map<string, Tally>() }
  return store.settle(question, { ...ending, ...more }, calls)
}

const oneWrong = (...senders: string[]) => new Map(senders.map((sender) => [sender, { matched: 0, wrong: 1 }]))
const oneMatch = (...senders: string[]) => new Map(senders.map((sender) => [sender, { matched: 1, wrong: 0 }]))

function record(key: string, more: Partial<NewRecord> = {}): NewRecord {
  return {
    key,
    kind: 'digital-ordinary',
    code: null,
    number: key,
    issuedOn: '2026-09-24',
    amountExTax: 10_000,
    tax: -600,
    amount: 9_007_199_254_740_991,
    checkCode: null,
    sellerName: '演示',
    sellerTaxId: null,
    buyerName: 'B',
    buyerTaxId: null,
    lines: null,
    state: 'normal',
    updatedAt: now,
    ...more,
  }
}

const looks = (count: number) => ({ looks: count, budget: null })
const park = { reason: 'source-down', source: 'a', notBefore: 0, statements: [] } as const
const due = { source: null, now: now + 61_000, until: now + 120_000, limit: 10 }

/** What every store promises. @param open gives an empty one. */
export function storeContract(open: () => Promise<Store>): void {
  async function opened(): Promise<Store> {
    const store = await open()
    onTestFinished(() => store.close())
    return store
  }

  describe('taking in queries', () => {
    it('opens a question once, whoever asks it', async () => {
      const store = await opened()
      expect(await store.admit([arrival('1', 'q'), arrival('2', 'q'), arrival('3', 'r')])).toEqual(['open', 'joined', 'open'])
      expect(await store.admit([arrival('4', 'q')])).toEqual(['joined'])
    })

    it('tells everybody who looks at the same time of their own', async () => {
      const store = await opened()
      await store.admit([arrival('1', 'q'), arrival('2', 'r')])
      const looks = [['2'], ['1', 'unknown', '1'], [], ['2', '1']]
      const told = await Promise.all(looks.map((ids) => store.find(ids)))
      expect(told.map((all) => all.map((one) => one?.id))).toEqual([['2'], ['1', undefined, '1'], [], ['2', '1']])
    })

    it('knows an id again, and an id used for another question', async () => {
      const store = await opened()
      await store.admit([arrival('1', 'q')])
      expect(await store.admit([arrival('1', 'q'), arrival('1', 'r')])).toEqual(['joined', 'reused-id'])
      await settle(store, 'q', answer('a'), [])
      expect(await store.admit([arrival('1', 'q'), arrival('1', 'r')])).toEqual(['answered', 'reused-id'])
    })

    it('opens one question when many ask at the same time', async () => {
      const store = await opened()
      const admissions = await Promise.all(Array.from({ length: 200 }, (_, index) => store.admit([arrival(`${index}`, 'q')])))
      expect(admissions.flat().filter((one) => one === 'open')).toHaveLength(1)
    })

    it('uses a confirmed answer again while it is fresh, and no other', async () => {
      const store = await opened()
      await store.admit([arrival('1', 'q'), arrival('2', 'r')])
      await settle(store, 'q', answer('a'), [])
      await settle(store, 'r', answer('b', { verdict: 'mismatch' }), [])
      expect(await store.admit([arrival('3', 'q'), arrival('4', 'r'), arrival('5', 'q', { reuseSince: now })])).toEqual([
        'answered',
        'open',
        'open',
      ])
      expect(await store.find(['3'])).toMatchObject([{ state: 'answered', sealed: bytes('sealed a') }])
    })
  })

  describe('answering', () => {
    it('answers every query of a question, exactly once', async () => {
      const store = await opened()
      await store.admit([arrival('1', 'q'), arrival('2', 'q'), arrival('3', 'r')])
      expect(await settle(store, 'q', answer('a'), [])).toEqual({ ended: 2, more: false })
      const late = { answered: ['1', '2'], tallies: oneWrong('n') }
      expect(await settle(store, 'q', answer('b', { verdict: 'mismatch' }), [], late)).toEqual({ ended: 0, more: false })
      expect(await store.tally('n', '2026-11-24')).toEqual({ matched: 0, wrong: 0 })
      expect(await store.find(['1', '2', '3', '4'])).toMatchObject([
        { id: '1', state: 'answered', verdict: 'confirmed', ticket: 'ticket of 1', sealed: bytes('sealed a'), collectedAt: null },
        { id: '2', state: 'answered', verdict: 'confirmed' },
        { id: '3', state: 'waiting', reason: null },
        null,
      ])
    })

    it('notes the first time an answer was collected', async () => {
      const store = await opened()
      await store.admit([arrival('1', 'q'), arrival('2', 'r')])
      await settle(store, 'q', answer('a'), [])
      await store.markCollected(['1', '2'], now + 1)
      await store.markCollected(['1'], now + 2)
      expect(await store.find(['1', '2'])).toMatchObject([{ collectedAt: now + 1 }, { state: 'waiting' }])
    })
  })

  describe('waiting', () => {
    it('lends a question to one at a time, until the lease ends', async () => {
      const store = await opened()
      await store.admit([arrival('1', 'q')])
      expect(await store.lease({ ...due, now })).toEqual([])
      const [first] = await store.lease(due)
      expect(first).toEqual({
        question: 'q',
        invoice: 'invoice of q',
        elements: bytes('elements of q'),
        statements: [],
        source: null,
        turn: now,
        isShared: false,
      })
      expect(await store.lease(due)).toEqual([])
      expect(await store.lease({ ...due, now: due.until })).toHaveLength(1)
    })

    it('does not wait for a lease from before the clock was set back', async () => {
      const store = await opened()
      await store.admit([arrival('1', 'q')])
      expect(await store.lease({ ...due, now: now - day, until: now - day + 60_000 })).toHaveLength(1)
    })

    it('lends the oldest first, per source, and not before its time', async () => {
      const store = await opened()
      for (const [index, name] of ['c', 'b', 'a', 'later'].entries()) {
        await store.admit([arrival(name, name, { receivedAt: now + index })])
        await store.park(name, { ...park, notBefore: name === 'later' ? now + day : 0 }, [])
      }
      expect(await store.lease(due)).toEqual([])
      expect(await store.lease({ ...due, source: 'b' })).toEqual([])
      expect((await store.lease({ ...due, source: 'a', limit: 1, skip: 1 })).map((one) => one.question)).toEqual(['b'])
      expect((await store.lease({ ...due, source: 'a', limit: 2 })).map((one) => one.question)).toEqual(['c', 'a'])
      expect((await store.lease({ ...due, source: 'a', now: now + day })).map((one) => one.question)).toContain('later')
    })

    it('lends by turn, whoever came first', async () => {
      const store = await opened()
      for (const [index, name] of ['b', 'c', 'a'].entries()) {
        await store.admit([arrival(name, name, { receivedAt: now + index, turn: now + name.charCodeAt(0) })])
        await store.park(name, park, [])
      }
      expect((await store.lease({ ...due, source: 'a' })).map((one) => one.question)).toEqual(['a', 'b', 'c'])
    })

    it('tells how long a line is, by the minutes of its turns, without what is not due', async () => {
      const store = await opened()
      for (const [index, name] of ['a', 'b', 'c', 'later', 'other', 'new'].entries()) {
        await store.admit([arrival(name, name, { turn: now + (index < 2 ? index : 3 * 60_000) })])
        if (name !== 'new')
          await store.park(name, { ...park, source: name === 'other' ? 'b' : 'a', notBefore: name === 'later' ? now + day : 0 }, [])
      }
      expect(await store.line('a', now)).toEqual([
        { turn: now, count: 2 },
        { turn: now + 3 * 60_000, count: 1 },
      ])
    })

    it('tells who waits for a question, by their turns, and the newest answer to it', async () => {
      const store = await opened()
      expect([await store.waiting('q'), await store.newest('q')]).toEqual([[], null])
      await store.admit([arrival('0', 'q')])
      await settle(store, 'q', answer('a', { answeredAt: now - 2 * day, verdict: 'mismatch' }))
      await store.admit([arrival('1', 'q', { turn: now + 5 }), arrival('2', 'q'), arrival('3', 'r')])
      const waits = { wary: false, receivedAt: now }
      const first = { id: '2', sender: bytes('sender of 2'), turn: now, ...waits }
      const second = { id: '1', sender: bytes('sender of 1'), turn: now + 5, ...waits }
      const all = ['q', 'other', 'q'].map((question) => store.waiting(question))
      expect(await Promise.all(all)).toEqual([[first, second], [], [first, second]])
      expect(await store.newest('q')).toEqual({ id: 'a', verdict: 'mismatch', answeredAt: now - 2 * day })
      await settle(store, 'q', answer('b'), [], { answered: ['2'] })
      expect(await store.newest('q')).toMatchObject({ id: 'b', verdict: 'confirmed' })
    })

    it('ends some, answered or refused, and leaves the question to the others, at their turn', async () => {
      const store = await opened()
      await store.admit(['1', '2', '3', '4'].map((id, index) => arrival(id, 'q', { turn: now + index })))
      await store.park('q', park, [])
      expect(await settle(store, 'q', answer('a'), [], { answered: ['1'], refused: ['3'] })).toEqual({ ended: 2, more: true })
      expect(await store.find(['1', '2', '3'])).toMatchObject([
        { state: 'answered' },
        { state: 'waiting', turn: now + 1 },
        { state: 'refused', refusedAt: now, collectedAt: null },
      ])
      expect((await store.queue()).parked).toBe(2)
      expect(await store.lease({ ...due, source: 'a' })).toMatchObject([{ question: 'q', source: 'a', turn: now + 1, isShared: true }])
      expect(await settle(store, 'q', answer('unused'), [], { answered: ['2'], answer: 'a' })).toEqual({ ended: 1, more: true })
      expect(await store.find(['2'])).toMatchObject([{ state: 'answered', sealed: bytes('sealed a') }])
      expect(await settle(store, 'q', answer('b'), [], { answered: [], answer: null, refused: ['4'] })).toEqual({ ended: 1, more: false })
      expect(await store.lease({ ...due, source: 'a', now: now + day })).toEqual([])
    })

    it('takes in anew what was refused, and no other elements under its id', async () => {
      const store = await opened()
      await store.admit([arrival('1', 'q'), arrival('2', 'q')])
      await settle(store, 'q', answer('a'), [], { answered: [], refused: ['1', '2'] })
      await store.markCollected(['1'], now + 1)
      expect(await store.find(['1'])).toMatchObject([{ state: 'refused', collectedAt: now + 1 }])
      expect(await store.admit([arrival('1', 'r'), arrival('1', 'q'), arrival('1', 'q')])).toEqual(['reused-id', 'open', 'joined'])
      expect(await store.find(['1', '2'])).toMatchObject([{ state: 'waiting' }, { state: 'refused' }])
    })

    it('is for the first turn of all who join, and for the next day only as long as nobody joins who has looks left', async () => {
      const store = await opened()
      const later = { reason: 'daily-limit', source: null, notBefore: now + day, statements: [] } as const
      const guesser = { device: 'd', network: 'n' }
      await store.admit([arrival('0', 'p', { invoice: 'i', by: guesser }), arrival('1', 'q', { invoice: 'i', by: guesser, turn: now + 9 })])
      await store.park('q', later, [])
      await store.admit([arrival('2', 'q', { invoice: 'i', by: { ...guesser, device: 'e' }, turn: now + 10 })])
      expect(await store.waiting('q')).toMatchObject([{ wary: true }, { wary: true }])
      expect((await store.lease(due)).map(({ question }) => question)).toEqual(['p'])
      await store.admit([arrival('3', 'q', { invoice: 'i', turn: now + 1 })])
      expect(await store.lease(due)).toMatchObject([{ question: 'q', turn: now + 1 }])
    })

    it('keeps what sources said, and tells why it waits', async () => {
      const store = await opened()
      const said = { id: 'a', class: 'authority', at: now, asOf: now, outcome: 'not-found' } as const
      await store.admit([arrival('1', 'q')])
      await store.park('q', { reason: 'second-look', source: null, notBefore: now + 5, statements: [said] }, [])
      expect(await store.find(['1'])).toMatchObject([{ state: 'waiting', reason: 'second-look', source: null, notBefore: now + 5 }])
      expect(await store.lease(due)).toMatchObject([{ statements: [said] }])
    })

    it('forgets leases and sources that are gone at a start', async () => {
      const store = await opened()
      await store.admit([arrival('1', 'q'), arrival('2', 'r'), arrival('3', 's')])
      await store.park('q', park, [])
      await store.park('r', { ...park, source: 'gone' }, [])
      await store.recover(['a'])
      expect((await store.lease({ ...due, now })).map((one) => one.question).sort()).toEqual(['r', 's'])
      expect((await store.lease({ ...due, now, source: 'a' })).map((one) => one.question)).toEqual(['q'])
    })

    it('counts what is parked, not what is being asked', async () => {
      const store = await opened()
      expect(await store.queue()).toEqual({ parked: 0, oldest: null })
      await store.admit([arrival('1', 'q', { receivedAt: now - 9 }), arrival('2', 'q'), arrival('3', 'r')])
      await store.park('q', park, [])
      expect(await store.queue()).toEqual({ parked: 2, oldest: now - 9 })
    })
  })

  describe('looks', () => {
    const call = (id: string, more = {}) => ({ id, source: 'a', invoice: 'i', day: '2026-11-24', at: now, ...more })

    it('are charged up to the number of the day, per invoice and day, whichever source', async () => {
      const store = await opened()
      const charged = []
      for (let count = 1; count <= 4; count++) charged.push(await store.charge(call(`${count}`, { source: `s${count}` }), looks(3)))
      expect(charged).toEqual(['charged', 'charged', 'charged', 'looks-spent'])
      expect(await store.charge(call('5', { invoice: 'j' }), looks(3))).toBe('charged')
      expect(await store.charge(call('6', { day: '2026-11-25' }), looks(3))).toBe('charged')
    })

    it('are not taken when the source has no call of the day left, which is told apart', async () => {
      const store = await opened()
      await store.charge(call('1'), { looks: 5, budget: 1 })
      expect(await store.charge(call('2', { invoice: 'j' }), { looks: 5, budget: 1 })).toBe('budget-spent')
      expect(await store.charge(call('3', { invoice: 'j', source: 'other' }), { looks: 5, budget: 1 })).toBe('charged')
      expect(await store.charge(call('4', { invoice: 'k', day: '2026-11-25' }), { looks: 5, budget: 1 })).toBe('charged')
      expect(await store.charge(call('5'), { looks: 1, budget: 1 })).toBe('looks-spent')
      await store.endCall({ id: '1', outcome: 'unavailable' })
      expect(await store.charge(call('6', { invoice: 'l' }), { looks: 5, budget: 1 })).toBe('charged')
    })

    it('are counted by day, source and how they ended', async () => {
      const store = await opened()
      await store.admit([arrival('1', 'q')])
      for (const id of ['1', '2', '3']) await store.charge(call(id), looks(5))
      await store.charge(call('4', { source: 'other' }), looks(5))
      await store.charge(call('5', { day: '2026-11-25' }), looks(5))
      await settle(store, 'q', answer('a'), [
        { id: '1', outcome: 'ok' },
        { id: '2', outcome: 'ok' },
      ])
      const counts = await store.calls(call('1').day)
      expect(counts).toHaveLength(3)
      expect(counts).toEqual(
        expect.arrayContaining([
          { source: call('1').source, outcome: 'ok', count: 2 },
          { source: call('1').source, outcome: null, count: 1 },
          { source: 'other', outcome: null, count: 1 },
        ]),
      )
    })

    it('come back when the source did not answer; a call that was cut off stays charged', async () => {
      const store = await opened()
      await store.charge(call('1'), looks(2))
      await store.charge(call('2'), looks(2))
      await store.endCall({ id: '1', outcome: 'unavailable' })
      expect(await store.charge(call('3'), looks(2))).toBe('charged')
      await store.endCall({ id: '3', outcome: 'mismatch' })
      expect(await store.charge(call('4'), looks(2))).toBe('looks-spent')
    })

    it.each(['settled', 'parked'] as const)('are noted in the one transaction in which their question is %s', async (fate) => {
      const store = await opened()
      await store.admit([arrival('1', 'q')])
      await store.charge(call('1'), looks(1))
      const calls = [{ id: '1', outcome: 'unavailable' }] as const
      await (fate === 'settled' ? settle(store, 'q', answer('a'), calls) : store.park('q', park, calls))
      expect(await store.charge(call('2'), looks(1))).toBe('charged')
    })
  })

  describe('tries', () => {
    const by = { device: 'd', network: 'n' }
    const from = (id: string, question: string, more: Partial<Arrival> = {}) => arrival(id, question, { by, ...more })
    const today = '2026-11-24'

    it('make wary of whoever asks two things about one invoice, in one batch and later, by device and by network', async () => {
      const store = await opened()
      const about = { invoice: 'i' }
      expect(await store.admit([from('1', 'q', about), from('2', 'r', about)])).toEqual(['open', 'wary'])
      await store.admit([from('3', 's', { ...about, by: { device: 'other', network: 'n' } })])
      await store.admit([from('4', 't', { ...about, by: { device: 'd', network: 'other' } })])
      await store.admit([from('5', 'u', { ...about, by: { device: 'other', network: 'other' } })])
      await store.admit([from('6', 'v', { ...about, by: { device: 'new', network: 'new' } }), from('7', 'w'), from('8', 'v', about)])
      const wary = await Promise.all([...'qrstuvw'].map(async (question) => (await store.waiting(question)).map((one) => one.wary)))
      expect(wary).toEqual([[false], [true], [true], [true], [true], [false, true], [false]])
    })

    it('that were wrong are remembered in the transaction that answers, and make wary for two days', async () => {
      const store = await opened()
      await store.admit([from('1', 'q'), from('2', 'r'), from('3', 's')])
      const of = { tallies: oneWrong('d', 'n') }
      await settle(store, 'q', answer('a', { verdict: 'voided' }), [], { tallies: oneMatch('d', 'n') })
      expect([await store.tally('d', today), await store.tally('n', today)]).toEqual([
        { matched: 1, wrong: 0 },
        { matched: 1, wrong: 0 },
      ])
      const isWary = async (question: string) => (await store.waiting(question))[0]?.wary
      await store.admit([from('4', 'x')])
      expect(await isWary('x')).toBe(false)
      await settle(store, 'r', answer('b', { verdict: 'mismatch' }), [], of)
      await settle(store, 's', answer('c', { verdict: 'not-found' }), [])
      expect(await store.tally('n', today)).toEqual({ matched: 1, wrong: 1 })
      expect(await store.tally('n', '2026-11-25')).toEqual({ matched: 0, wrong: 0 })
      expect(await store.tallyOfAll(today)).toEqual({ matched: 2, wrong: 2 })
      await store.admit([from('5', 'y'), from('6', 'z', { by: { device: 'd', network: 'm' } })])
      await store.admit([from('7', 'late', { receivedAt: now + 2 * day })])
      expect(await Promise.all(['y', 'z', 'late'].map(isWary))).toEqual([true, true, false])
    })

    it('are counted however many are answered at the same time', async () => {
      const store = await opened()
      const names = Array.from({ length: 40 }, (_, index) => `${index}`)
      await store.admit(names.map((name) => from(name, name)))
      await Promise.all(
        names.map((name) => settle(store, name, answer(name, { verdict: 'mismatch' }), [], { tallies: oneWrong('d', 'n') })),
      )
      expect(await store.tally('n', today)).toEqual({ matched: 0, wrong: 40 })
    })

    it('are forgotten by their time; whose a query is, is kept with it for as long as it waits and no longer', async () => {
      const store = await opened()
      await store.admit([from('1', 'q', { invoice: 'i' }), from('2', 'r')])
      await settle(store, 'r', answer('a', { verdict: 'mismatch' }), [], { tallies: oneWrong('d', 'n') })
      await store.forget({ tries: now + 2 * day, words: now })
      expect(await store.tally('n', '2000-01-01')).toEqual({ matched: 0, wrong: 0 })
      await store.admit([from('3', 's', { invoice: 'i' })])
      expect(await store.waiting('s')).toMatchObject([{ wary: false }])
      expect(await store.waiting('q')).toMatchObject([{ sender: bytes('sender of 1') }])
    })
  })

  describe('the registry', () => {
    it('adds, knows again, changes, and keeps every value', async () => {
      const store = await opened()
      expect(await store.putRecords([record('1'), record('2'), record('1')])).toEqual(['added', 'added', 'unchanged'])
      const voided = record('1', { state: 'voided', updatedAt: now + 1 })
      expect(await store.putRecords([voided, record('2', { updatedAt: now + 1 })])).toEqual(['changed', 'unchanged'])
      expect(await store.record('1')).toEqual(voided)
      expect(await store.record('2')).toEqual(record('2'))
      expect(await store.record('3')).toBeNull()
    })

    it('gives its records in the order of their keys, page by page', async () => {
      const store = await opened()
      await store.putRecords(['3', '1', '2'].map((key) => record(key)))
      expect((await store.records('', 2)).map((one) => one.key)).toEqual(['1', '2'])
      expect((await store.records('2', 2)).map((one) => one.key)).toEqual(['3'])
    })
  })

  describe('retention', () => {
    const before = {
      collected: now - 30 * day,
      uncollected: now - 400 * day,
      answers: now - 2 * day,
      calls: now - 7 * day,
    }

    it('removes collected answers after their time, uncollected ones after theirs, and never a query that waits', async () => {
      const store = await opened()
      const ages = { collected: 31, uncollected: 401, kept: 31, waiting: 500 }
      for (const [name, age] of Object.entries(ages)) {
        await store.admit([arrival(name, name, { receivedAt: now - age * day, reuseSince: now })])
        if (name !== 'waiting') await settle(store, name, answer(`answer of ${name}`, { answeredAt: now - age * day }), [])
      }
      await store.markCollected(['collected'], now - 31 * day)
      expect(await store.purge(before, 10)).toBe(4)
      expect((await store.find(Object.keys(ages))).map((one) => one?.id ?? null)).toEqual([null, null, 'kept', 'waiting'])
      expect((await store.find(['kept']))[0]).toMatchObject({ sealed: bytes('sealed answer of kept') })
      expect(await store.purge(before, 10)).toBe(0)
    })

    it('keeps an answer until the last query that has it is gone, and one that may be used again', async () => {
      const store = await opened()
      const old = { receivedAt: now - 31 * day, reuseSince: now - 32 * day }
      await store.admit([arrival('1', 'q', old)])
      await settle(store, 'q', answer('shared', { answeredAt: now - 31 * day }), [])
      await store.admit([arrival('2', 'q', { ...old, receivedAt: now - 31 * day + 1 })])
      await store.markCollected(['1'], now - 31 * day)
      expect(await store.purge(before, 10)).toBe(1)
      expect(await store.find(['2'])).toMatchObject([{ state: 'answered', sealed: bytes('sealed shared') }])
      await store.markCollected(['2'], now - 31 * day)
      expect(await store.purge({ ...before, answers: now - 32 * day }, 10)).toBe(1)
      expect(await store.admit([arrival('3', 'q', { reuseSince: now - 32 * day })])).toEqual(['answered'])
    })

    it('removes a few at a time until nothing is left', async () => {
      const store = await opened()
      const at = now - 31 * day
      for (let count = 0; count < 7; count++) {
        await store.admit([arrival(`${count}`, `q${count}`, { receivedAt: at })])
        await settle(store, `q${count}`, answer(`a${count}`, { answeredAt: at }), [])
      }
      await store.markCollected(['0', '1', '2', '3', '4', '5'], at)
      const counts = []
      for (let round = 0; round < 4; round++) counts.push(await store.purge(before, 4))
      expect(counts).toEqual([8, 4, 0, 0])
      expect((await store.find(['5', '6'])).map((one) => one?.id)).toEqual([undefined, '6'])
    })

    it('keeps the calls of a week, by their days', async () => {
      const store = await opened()
      for (const [index, at] of [now, now - 6 * day, now - 8 * day, now - 20 * day].entries())
        await store.charge({ id: `${index}`, source: 'a', invoice: 'i', day: dateAt(at), at }, looks(5))
      expect(await store.purge(before, 10)).toBe(2)
      const kept = [now, now - 6 * day, now - 8 * day].map(async (at) => (await store.calls(dateAt(at))).length)
      expect(await Promise.all(kept)).toEqual([1, 1, 0])
    })
  })

  describe('what gateways tell each other', () => {
    const word = (more: Partial<Word> = {}): Word => ({
      source: 'a',
      gateway: 'g',
      state: 'down',
      revision: 1,
      changed: 1,
      age: 4000,
      toldAt: now,
      ...more,
    })
    const told = async (store: Store) => new Map((await store.words()).map((one) => [`${one.source} ${one.gateway}`, one]))

    it('is the last word of each on each source', async () => {
      const store = await opened()
      expect(await store.words()).toEqual([])
      const others = [word({ gateway: 'h', state: 'stopped' }), word({ source: 'b', state: 'up', age: 0 })]
      for (const one of [word(), ...others, word({ state: 'up', revision: 2, changed: 2, toldAt: now + 1 })]) await store.tell(one)
      const words = await told(store)
      expect(words.size).toBe(3)
      expect(words.get('a g')).toEqual(word({ state: 'up', revision: 2, changed: 2, toldAt: now + 1 }))
      expect([words.get('a h'), words.get('b g')]).toEqual(others)
    })

    it('is not changed by a word that comes late', async () => {
      const store = await opened()
      await store.tell(word({ revision: 3, changed: 3, state: 'up' }))
      await store.tell(word({ revision: 2 }))
      await store.tell(word({ revision: 3 }))
      expect([...(await told(store)).values()]).toEqual([word({ revision: 3, changed: 3, state: 'up' })])
    })

    it('is forgotten when nobody can have missed it', async () => {
      const store = await opened()
      await store.tell(word())
      await store.tell(word({ gateway: 'gone', toldAt: now - day }))
      await store.forget({ tries: 0, words: now })
      expect([...(await told(store)).keys()]).toEqual(['a g'])
    })
  })

  describe('the pace of a source', () => {
    const minute = 60_000
    const places = (more: Partial<Places> = {}): Places => ({ source: 'a', count: 1, apartMs: minute, longestMs: 5 * minute, now, ...more })

    it('is one for all who share the store: each place is after those that were taken', async () => {
      const store = await opened()
      expect(await store.place(places())).toBe(0)
      const waits = []
      for (const count of [1, 3, 1]) waits.push(await store.place(places({ count })))
      for (const [index, wait] of waits.entries()) {
        // A clock may go on meanwhile.
        expect(wait).toBeGreaterThan([0, minute, 4 * minute][index]!)
        expect(wait).toBeLessThanOrEqual([minute, 2 * minute, 5 * minute][index]!)
      }
      expect(await store.place(places({ source: 'b' }))).toBe(0)
    })

    it('gives nothing that is further away than anybody waits, and takes nothing then', async () => {
      const store = await opened()
      await store.place(places({ count: 2, apartMs: 10 * minute }))
      expect(await store.place(places({ apartMs: 16 * minute }))).toBeNull()
      expect(await store.place(places({ apartMs: 16 * minute, longestMs: 20 * minute }))).toBeLessThanOrEqual(20 * minute)
    })

    it('is not kept by what was taken before a clock was set back', async () => {
      const store = await opened()
      await store.place(places({ count: 100 }))
      expect(await store.place(places())).toBe(0)
    })

    it('is taken once however many come at the same time', async () => {
      const store = await opened()
      const waits = await Promise.all(Array.from({ length: 20 }, () => store.place(places({ longestMs: 60 * minute }))))
      const order = waits.map((wait) => wait ?? -1).sort((a, b) => a - b)
      order.slice(1).forEach((wait, index) => expect(wait - (order[index] ?? 0)).toBeGreaterThan(minute / 2))
    })
  })

  it('claims a setting once', async () => {
    const store = await opened()
    expect(await store.setting('x')).toBeNull()
    expect(await store.claimSetting('x', '1')).toBe('1')
    expect(await store.claimSetting('x', '2')).toBe('1')
    expect(await store.setting('x')).toBe('1')
  })
}
