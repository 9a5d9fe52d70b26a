import { describe, expect, it } from 'vitest'
import { openSqliteStore } from '../../../src/server/store/sqlite.ts'
import { StoreAway, type Store, type Tally } from '../../../src/server/store/store.ts'
import { chargedTo, createTries } from '../../../src/server/admission/tries.ts'
import { settled, testClock } from '../kit/clock.ts'

const by = { device: 'd', network: 'n' }
const nothing: Tally = { matched: 0, wrong: 0 }
const wrong: Tally = { matched: 0, wrong: 1 }
const right: Tally = { matched: 1, wrong: 0 }
const noted = (tally: (sender: string) => Tally): Store =>
  ({
    isShared: true,
    tally: (sender: string) => Promise.resolve(tally(sender)),
    tallyOfAll: () => Promise.resolve(nothing),
  }) as unknown as Store

describe('somebody who guesses', () => {
  it('is asked for as often as they may be wrong and no more, however many come at the same time', async () => {
    const tries = createTries(
      noted(() => nothing),
      testClock(),
    )
    let [running, most, asked] = [0, 0, 0]
    const results = await Promise.all(
      Array.from({ length: 100 }, () =>
        tries.pass([{ by }], async () => {
          most = Math.max(most, ++running)
          asked++
          await settled()
          running--
          return wrong
        }),
      ),
    )
    expect([asked, most]).toEqual([8, 8])
    expect(results.filter((one) => one === 'spent')).toHaveLength(92)
    expect(await tries.isSpent(by)).toBe(true)
  })

  it('may as another device of the network only what is left of the network’s', async () => {
    const tries = createTries(
      noted(() => nothing),
      testClock(),
    )
    let asked = 0
    for (let device = 0; device < 30; device++)
      for (let count = 0; count < 5; count++)
        await tries.pass([{ by: { device: `${device}`, network: 'n' } }], () => Promise.resolve((asked++, wrong)))
    expect(asked).toBe(12)
    expect(await tries.isSpent({ device: 'new', network: 'n' })).toBe(true)
    expect(await tries.isSpent({ device: 'new', network: 'elsewhere' })).toBe(false)
  })

  it('has what another gateway noted counted, and what was noted before a start', async () => {
    const clock = testClock()
    let there = 0
    const tries = createTries(
      noted((sender) => ({ matched: 0, wrong: sender === 'n' ? there : 0 })),
      clock,
    )
    expect(await tries.isSpent(by)).toBe(false)
    there = 12
    await clock.pass(6000)
    expect(await tries.isSpent(by)).toBe(true)
    expect(
      await createTries(
        noted(() => ({ matched: 0, wrong: 12 })),
        clock,
      ).isSpent(by),
    ).toBe(true)
  })

  it('is not taken for somebody new by those who come while the record is being looked up', async () => {
    let tell: () => void = () => undefined
    const looked = new Promise<void>((resolve) => (tell = resolve))
    const store = { tally: () => looked.then(() => ({ matched: 0, wrong: 99 })), tallyOfAll: () => Promise.resolve(nothing) }
    const tries = createTries(store as unknown as Store, testClock())
    let asked = 0
    const came = Array.from({ length: 20 }, () => tries.isSpent(by))
    const passed = Array.from({ length: 20 }, () => tries.pass([{ by }], () => Promise.resolve((asked++, wrong))))
    await settled()
    tell()
    expect(new Set([...(await Promise.all(came)), ...(await Promise.all(passed))])).toEqual(new Set([true, 'spent']))
    expect(asked).toBe(0)
  })

  it('is not taken for somebody new because the record could not be looked up', async () => {
    let isAway = true
    const tally = () => (isAway ? Promise.reject(new StoreAway('away')) : Promise.resolve({ matched: 0, wrong: 99 }))
    const tries = createTries({ tally, tallyOfAll: () => Promise.resolve(nothing) } as unknown as Store, testClock())
    for (let count = 0; count < 2; count++) await expect(tries.isSpent(by)).rejects.toThrow(StoreAway)
    isAway = false
    expect(await tries.isSpent(by)).toBe(true)
  })

  it('among very many has a third of it', async () => {
    const store = { tally: () => Promise.resolve(nothing), tallyOfAll: () => Promise.resolve({ matched: 600, wrong: 400 }) }
    const tries = createTries(store as unknown as Store, testClock())
    let asked = 0
    for (let count = 0; count < 20; count++) await tries.pass([{ by }], () => Promise.resolve((asked++, wrong)))
    expect(asked).toBe(3)
  })
})

describe('those who ask the same', () => {
  const asker = (name: string) => ({ by: { device: name, network: `network of ${name}` } })
  const guesses = (name: string) => name.includes('guesser')

  it('are judged each by their own tries: a guesser among them ends nobody, and hears nothing', async () => {
    const tries = createTries(
      noted((sender) => ({ matched: 0, wrong: guesses(sender) ? 99 : 0 })),
      testClock(),
    )
    const all = [asker('guesser'), asker('a'), { by: null }, asker('b')]
    let parted: unknown
    expect(await tries.pass(all, (one) => Promise.resolve(((parted = one), right)))).toBe('done')
    expect(parted).toEqual({ may: all.slice(1), spent: [all[0]] })
    expect(await tries.pass([all[0]!, asker('another guesser')], () => Promise.reject(new Error('asked')))).toBe('spent')
  })

  it('are all charged with a mistake that they hear of, and one of them with a match', async () => {
    const tries = createTries(
      noted(() => nothing),
      testClock(),
    )
    const all = [asker('a'), asker('b')]
    for (let count = 0; count < 8; count++) await tries.pass(all, () => Promise.resolve(wrong))
    expect(await Promise.all(all.map(({ by }) => tries.isSpent(by)))).toEqual([true, true])
    expect([...chargedTo(all, right).keys()]).toEqual(['a', 'network of a'])
  })

  it('wait for none whose own tries are under way', async () => {
    const tries = createTries(
      noted(() => nothing),
      testClock(),
    )
    const never = new Promise<never>(() => undefined)
    for (let count = 0; count < 8; count++) void tries.pass([asker('busy')], () => never)
    await settled()
    let told: unknown
    expect(await tries.pass([asker('busy'), asker('a')], ({ may }) => Promise.resolve(((told = may), right)))).toBe('done')
    expect(told).toEqual([asker('a')])
  })
})

describe('everybody else', () => {
  it('is wrong now and then, in a network of many people, and is never held up', async () => {
    const tries = createTries(
      noted(() => nothing),
      testClock(),
    )
    let asked = 0
    for (let count = 0; count < 1000; count++)
      await tries.pass([{ by: { device: `${count}`, network: 'office' } }], () =>
        Promise.resolve((asked++, count % 20 === 0 ? wrong : right)),
      )
    expect(asked).toBe(1000)
  })

  it('of whom nobody knows who they are any more is asked for, too', async () => {
    const tries = createTries(
      noted(() => ({ matched: 0, wrong: 99 })),
      testClock(),
    )
    expect(await tries.pass([{ by: null }], () => Promise.resolve(wrong))).toBe('done')
  })
})

it('a try that fails gives its place back', async () => {
  const store = await openSqliteStore(':memory:')
  const tries = createTries(store, testClock())
  for (let count = 0; count < 30; count++) await tries.pass([{ by }], () => Promise.reject(new Error('broken'))).catch(() => undefined)
  expect(await tries.pass([{ by }], () => Promise.resolve(right))).toBe('done')
  await store.close()
})
