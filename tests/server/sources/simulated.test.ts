import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { csvOf, idOf, numberOf, queryOf, rowOf } from '../kit/fixtures.ts'
import { testDirectory, testGateway } from '../kit/gateway.ts'

async function withAuthority(settings: object, rows: readonly string[] = [rowOf(1)]) {
  const folder = testDirectory()
  const file = join(folder, 'authority.json')
  const set = (next: object) => writeFileSync(file, JSON.stringify({ mode: 'up', delayMs: 0, registry: 'records.csv', ...next }))
  set(settings)
  writeFileSync(join(folder, 'records.csv'), csvOf(rows))
  const gateway = await testGateway({ env: { PIAOZAI_SOURCES: 'registry,simulated', PIAOZAI_SIMULATED_AUTHORITY: file } })
  const ledger = join(folder, 'calls.jsonl')
  const calls = () =>
    existsSync(ledger)
      ? readFileSync(ledger, 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as { mode: string; number: string })
      : []
  /** Posts while time and the file system go on. */
  async function post(query: object, ms = 5000) {
    let result: Awaited<ReturnType<typeof gateway.postOne>> | undefined
    const begun = gateway.clock.now()
    void gateway.postOne(query).then((one) => (result = one))
    while (!result && gateway.clock.now() - begun < ms) await gateway.clock.pass(50)
    return result
  }
  return { gateway, set, post, calls, folder }
}

describe('the simulated authority', () => {
  it('answers from its own registry, as the authority', async () => {
    const { post } = await withAuthority({}, [rowOf(1), rowOf(2, 'voided'), rowOf(3, 'red-flushed')])
    expect(await post(queryOf(1))).toMatchObject({
      answer: { verdict: 'confirmed', sources: [{ id: 'registry' }, { id: 'simulated', class: 'authority' }] },
    })
    expect(await post(queryOf(2))).toMatchObject({ answer: { verdict: 'voided' } })
    expect(await post(queryOf(3))).toMatchObject({ answer: { verdict: 'red-flushed', redFlush: 'full' } })
    expect(await post(queryOf(1, { id: idOf(4), amount: '1.00' }))).toMatchObject({ answer: { verdict: 'mismatch' } })
    expect(await post(queryOf(5))).toMatchObject({ state: 'parked', reason: 'second-look' })
  })

  it('writes down every question before it answers, and no health probe', async () => {
    const { post, calls, gateway } = await withAuthority({})
    await gateway.clock.pass(30_000)
    expect(calls()).toEqual([])
    await post(queryOf(1))
    expect(calls()).toEqual([{ at: expect.any(String) as string, mode: 'up', kind: 'digital-ordinary', code: null, number: numberOf(1) }])
  })

  it.each(['down', 'html', 'wrong', 'slow'])(
    'when it is %s, lets queries be parked within five seconds, and is asked again when it is up',
    async (mode) => {
      const { post, set, calls, gateway } = await withAuthority({ mode })
      expect(await post(queryOf(1))).toMatchObject({ state: 'parked', reason: 'source-down' })
      expect(calls().every((call) => call.mode === mode)).toBe(true)
      set({ mode: 'up' })
      for (let turn = 0; turn < 200 && (await gateway.summary(idOf(1))).state !== 'answered'; turn++) await gateway.clock.pass(50)
      expect(await gateway.summary(idOf(1))).toMatchObject({ verdict: 'confirmed' })
      expect(calls().filter((call) => call.mode === 'up')).toHaveLength(1)
    },
  )

  it('reads its registry anew', async () => {
    const { post, folder } = await withAuthority({})
    await post(queryOf(1))
    writeFileSync(join(folder, 'records.csv'), csvOf([rowOf(1, 'voided')]))
    expect(await post(queryOf(1, { id: idOf(2), force: true }))).toMatchObject({ answer: { verdict: 'voided' } })
  })

  it('that cannot be read at all is down', async () => {
    const { post, folder } = await withAuthority({})
    writeFileSync(join(folder, 'authority.json'), '{')
    expect(await post(queryOf(1))).toMatchObject({ state: 'parked', reason: 'source-down' })
  })
})
