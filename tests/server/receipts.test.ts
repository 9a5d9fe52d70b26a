import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { fromWireAnswer, type QueryResult, type WireQuery } from '../../src/api/index.ts'
import { adoptKeyText, checkReceipt, readKept, saysTheSame, writeKeys, type ReceiptKey } from '../../src/authenticity/index.ts'
import type { Outcome } from '../../src/domain/index.ts'
import { addGeneration } from '../../src/server/receipts/generations.ts'
import { listOf, makeKey, signedList } from '../fixtures/receipts.ts'
import { csvOf, idOf, queryOf, rowOf } from './kit/fixtures.ts'
import { testDirectory, testGateway, type TestGateway, type TestOptions } from './kit/gateway.ts'
import { testDatabase } from './kit/postgres/database.ts'
import { cardOf, keysOf, readReceipt, receiptIn } from './kit/receipts.ts'
import { always, down, testSource } from './kit/source.ts'

const hour = 3_600_000
const outcomes: readonly Outcome[] = ['ok', 'voided', 'red-flushed-full', 'red-flushed-part', 'mismatch', 'out-of-range', 'unsupported']

/** Posts while the time passes that an answer may take. */
async function ask(gateway: TestGateway, ...queries: readonly object[]): Promise<QueryResult[]> {
  const posted = gateway.post(...queries)
  await gateway.clock.pass(300)
  return posted
}

const answerIn = (result: QueryResult | undefined) => {
  if (result?.state !== 'answered') throw new Error(`not answered: ${JSON.stringify(result)}`)
  return fromWireAnswer(result.answer)
}

describe('every answer', () => {
  it('comes with a receipt that the listed keys check, that says what it says about what was asked, and that is the same when asked again', async () => {
    const source = testSource(always('ok'))
    const gateway = await testGateway({ sources: [source] })
    const keys = await keysOf(gateway)
    let count = 0
    const query = fc.record({
      outcome: fc.constantFrom(...outcomes),
      fen: fc.integer({ min: 1 - 2 ** 39, max: 2 ** 39 - 1 }),
      kind: fc.constantFrom<WireQuery['kind']>('digital-ordinary', 'digital-special', 'rail'),
      issuedOn: fc.constantFrom('2026-11-24', '2026-09-24', '2022-02-28', '2019-12-31'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(query, { minLength: 1, maxLength: 20 }), async (asked) => {
        const wanted = asked.map(({ outcome, fen, kind, issuedOn }) => {
          const amount = `${fen < 0 ? '-' : ''}${Math.floor(Math.abs(fen) / 100)}.${String(Math.abs(fen) % 100).padStart(2, '0')}`
          return { outcome, fen, query: queryOf(++count, { kind, issuedOn, amount }) }
        })
        const outcomeOf = new Map(wanted.map((one) => [one.query.number, one.outcome]))
        source.says = ({ number }) => Promise.resolve({ outcome: outcomeOf.get(number) ?? 'unavailable', asOf: null })
        const results = await ask(gateway, ...wanted.map((one) => one.query))
        for (const [index, { query, fen }] of wanted.entries()) {
          const contents = await readReceipt(results[index], keys)
          expect(saysTheSame(contents, answerIn(results[index]))).toBe(true)
          expect(contents).toMatchObject({ code: null, number: query.number, issuedOn: query.issuedOn, amount: fen })
        }
        expect(await ask(gateway, ...wanted.map((one) => one.query))).toEqual(results)
      }),
      { numRuns: 8 },
    )
  })

  it('states no total when it was asked without one, and code and number as they were asked', async () => {
    const gateway = await testGateway({ sources: [testSource(always('ok'))] })
    const keys = await keysOf(gateway)
    const asked = { kind: 'vat-e-ordinary', code: '011002000111', number: '12345678', issuedOn: '2026-09-24', checkCode: '445555' }
    const [result] = await ask(gateway, { id: idOf(1), ...asked })
    expect(await readReceipt(result, keys)).toMatchObject({ code: '011002000111', number: '12345678', amount: null })
  })

  it('says how old its data were, whoever they come from', async () => {
    const gateway = await testGateway()
    await gateway.importCsv(csvOf([rowOf(1), rowOf(2, 'voided')]))
    const results = await ask(gateway, queryOf(1), queryOf(2))
    const contents = await Promise.all(results.map(async (one) => readReceipt(one, await keysOf(gateway))))
    expect(contents.map(({ status, class: by }) => [status, by])).toEqual([
      ['confirmed', 'registry'],
      ['voided', 'registry'],
    ])
  })

  it('that does not match says the same whichever element differs, and looks like one that there is no such invoice', async () => {
    const source = testSource(always('mismatch'))
    const gateway = await testGateway({ sources: [source] })
    const keys = await keysOf(gateway)
    const mismatches = await ask(gateway, queryOf(1, { amount: '107.00' }), queryOf(1, { id: idOf(2), issuedOn: '2026-09-25' }))
    source.says = always('not-found')
    await ask(gateway, queryOf(3))
    await gateway.clock.leap(36 * hour) // it is looked for twice
    const [notFound] = await ask(gateway, queryOf(3))
    const said = await Promise.all([...mismatches, notFound].map((one) => readReceipt(one, keys)))
    const verdictOnly = ({ status, class: by, orEarlier }: (typeof said)[number]) => ({ status, by, orEarlier })
    expect(verdictOnly(said[0]!)).toEqual(verdictOnly(said[1]!))
    expect(said.map(({ status }) => status)).toEqual(['mismatch', 'mismatch', 'not-found'])
    const fieldsOf = (result: QueryResult | undefined) => (result?.state === 'answered' ? Object.keys(result.answer).sort() : [])
    expect(fieldsOf(notFound)).toEqual(fieldsOf(mismatches[0]))
    expect([...mismatches, notFound].map((one) => receiptIn(one).length)).toEqual([160, 160, 160])
  })

  it('shows its receipt only to whoever posts the elements', async () => {
    const gateway = await testGateway({ sources: [testSource(always('ok'))] })
    await gateway.postOne(queryOf(1))
    const others = [await gateway.summary(idOf(1)), await gateway.postOne(queryOf(1, { amount: '1.00' }))]
    expect(JSON.stringify(others)).not.toContain('FPR1')
  })
})

describe('a question that has to wait', () => {
  it('gets a queue ticket, the same one as often as it is posted, and nothing that reads like an answer', async () => {
    const authority = testSource(down)
    const gateway = await testGateway({ sources: [authority] })
    const parked = await gateway.postOne(queryOf(1))
    const at = gateway.clock.now()
    expect(await readReceipt(parked, await keysOf(gateway))).toMatchObject({ status: 'ticket', class: null, at, asOf: at, amount: 10_600 })
    await gateway.clock.pass(3000)
    expect(receiptIn(await gateway.postOne(queryOf(1)))).toBe(receiptIn(parked))
    expect(JSON.stringify(await gateway.summary(idOf(1)))).not.toContain('FPR1')
    authority.says = always('ok')
    await gateway.clock.pass(20_000)
    expect(await readReceipt(await gateway.postOne(queryOf(1)), await keysOf(gateway))).toMatchObject({ status: 'confirmed' })
  })
})

describe('receipts after a restart', () => {
  const secret = { PIAOZAI_KEYS: 'A'.repeat(43) }
  it.each([
    ['SQLite', () => Promise.resolve<TestOptions>({ data: testDirectory() })],
    ['PostgreSQL', async (): Promise<TestOptions> => ({ env: { ...secret, PIAOZAI_DATABASE_URL: await testDatabase() } })],
  ])('on %s are the same to the bit, and so are the keys', async (_, place) => {
    const options = await place()
    const first = await testGateway({ ...options, sources: [testSource(always('ok')), testSource(down, 'authority', 'tencent')] })
    const before = { results: await ask(first, queryOf(1), queryOf(2)), card: await cardOf(first) }
    await first.gateway.stop()
    const second = await testGateway({ ...options, clock: first.clock, sources: [testSource(down)] })
    await second.clock.leap(2 * hour)
    expect(await ask(second, queryOf(1), queryOf(2))).toEqual(before.results)
    expect((await cardOf(second)).receiptKeyList).toBe(before.card.receiptKeyList)
  })

  it('two gateways with one secret and one database list the same keys and check what the other signed', async () => {
    const env = { ...secret, PIAOZAI_DATABASE_URL: await testDatabase() }
    const one = await testGateway({ env, sources: [testSource(always('ok'))] })
    const other = await testGateway({ env, seed: 2, clock: one.clock, sources: [testSource(always('voided'))] })
    expect((await cardOf(other)).receiptKeyList).toBe((await cardOf(one)).receiptKeyList)
    const [byOne] = await ask(one, queryOf(1))
    const [byOther] = await ask(other, queryOf(2))
    expect(await readReceipt(byOne, await keysOf(other))).toMatchObject({ status: 'confirmed' })
    expect(await readReceipt(byOther, await keysOf(one))).toMatchObject({ status: 'voided' })
    expect(receiptIn((await ask(other, queryOf(1)))[0])).toBe(receiptIn(byOne))
  })

  it('gateways with other secrets do not know each other: it proves nothing, and is not called wrong', async () => {
    const [one, other] = await Promise.all([1, 2].map(() => testGateway({ sources: [testSource(always('ok'))] })))
    const [result] = await ask(one!, queryOf(1))
    const checked = await checkReceipt(receiptIn(result), [await keysOf(other!)])
    expect(checked).toMatchObject({ is: 'uncheckable', because: 'unknown-key' })
  })
})

describe('another receipt key', () => {
  it('is listed before it begins, signs from then on, and the old one still checks what it signed', async () => {
    const gateway = await testGateway({ sources: [testSource(always('ok'))] })
    const [old] = await ask(gateway, queryOf(1))
    const kept = await adoptKeyText(null, (await cardOf(gateway)).receiptKeyList!, null)
    await addGeneration(gateway.gateway.store, gateway.clock.now(), gateway.clock.now() + 2 * hour)
    await gateway.clock.pass(61_000)
    const { list } = await keysOf(gateway)
    const [first, second] = list.keys as [ReceiptKey, ReceiptKey]
    expect([list.keys.length, first.until]).toEqual([2, second.from])

    const [before] = await ask(gateway, queryOf(2))
    await gateway.clock.leap(2 * hour)
    const [after] = await ask(gateway, queryOf(3))
    const signedBy = async (result: QueryResult | undefined, key: ReceiptKey) =>
      (await checkReceipt(receiptIn(result), [{ gateway: 'G', list: { keys: [key] } }])).is
    expect([await signedBy(old, first), await signedBy(before, first), await signedBy(after, second)]).toEqual(['valid', 'valid', 'valid'])
    expect(await signedBy(after, first)).toBe('uncheckable')

    // A device that had fetched the keys goes on with those of the new list.
    const adopted = readKept((await adoptKeyText(kept, (await cardOf(gateway)).receiptKeyList!, null))!)!
    for (const result of [old, before, after]) await readReceipt(result, { gateway: 'G', list: adopted.list })
  })
})

describe("a key list of the operator's", () => {
  /** A gateway's own keys, and what starts it again with a list. */
  async function place() {
    const data = testDirectory()
    const first = await testGateway({ data })
    const { keys } = (await keysOf(first)).list
    await first.gateway.stop()
    const file = join(data, 'list.json')
    return {
      keys,
      start: (text: string) => {
        writeFileSync(file, text)
        const env = { PIAOZAI_RECEIPT_KEY_LIST: file }
        return testGateway({ data, env, clock: first.clock, sources: [testSource(always('ok'))] })
      },
    }
  }

  it('is served to the letter, under the root that signed it', async () => {
    const { keys, start } = await place()
    const root = await makeKey(7)
    const text = signedList(listOf(keys, { version: 9 }), root)
    const gateway = await start(text)
    expect((await cardOf(gateway)).receiptKeyList).toBe(text)
    expect(readKept((await adoptKeyText(null, text, root.key.publicKey))!)).toMatchObject({
      root: root.key.publicKey,
      list: { version: 9 },
    })
    expect(await readReceipt((await ask(gateway, queryOf(1)))[0], await keysOf(gateway))).toMatchObject({ status: 'confirmed' })
  })

  it.each<[string, (keys: readonly ReceiptKey[]) => Promise<string> | string, RegExp]>([
    ['of other keys', async () => signedList(listOf([(await makeKey(3)).key]), await makeKey(7)), /holds no key of this gateway/],
    ['that revokes the key in use', async (keys) => signedList(listOf([{ ...keys[0]!, revoked: true }]), await makeKey(7)), /holds no key/],
    ['that is over', async (keys) => signedList(listOf([{ ...keys[0]!, until: keys[0]!.from }]), await makeKey(7)), /holds no key/],
    ['that nobody signed', (keys) => writeKeys(listOf(keys)), /nobody signed/],
    [
      'that was changed',
      async (keys) => signedList(listOf(keys), await makeKey(7)).replace('示例网关', '另一网关'),
      /signature does not hold/,
    ],
    ['that is none', () => '{}', /holds no list/],
  ])('%s stops the start with a sentence', async (_, text, sentence) => {
    const { keys, start } = await place()
    await expect(start(await text(keys))).rejects.toThrow(sentence)
  })

  it('that is not there stops the start with a sentence', async () => {
    await expect(testGateway({ env: { PIAOZAI_RECEIPT_KEY_LIST: '/nowhere/list.json' } })).rejects.toThrow(/cannot be read \(ENOENT\)/)
  })
})

describe('what is kept of receipts', () => {
  it('is neither in the log nor on disk in the clear', async () => {
    const lines: string[] = []
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
    const data = testDirectory()
    const authority = testSource(always('ok'))
    const gateway = await testGateway({ data, log, sources: [authority] })
    const [answered] = await ask(gateway, queryOf(1))
    authority.says = down
    const [parked] = await ask(gateway, queryOf(2))
    expect([receiptIn(answered), receiptIn(parked)].map((one) => one.length)).toEqual([160, 160])
    await gateway.gateway.stop()
    const disk = readdirSync(data).map((name) => readFileSync(join(data, name)).toString('latin1'))
    expect([...lines, ...disk].join('\n')).not.toContain('FPR1')
  })
})
