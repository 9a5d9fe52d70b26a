import { describe, expect, test } from 'vitest'
import { judge } from '../../src/cli/drill/rehearse.ts'
import { piaozai } from './process.ts'

describe.concurrent('drill', { timeout: 150_000 }, () => {
  test('rehearses an outage: the gateway is killed and everything is answered, each question asked once', async () => {
    const { exit, out, err } = await piaozai(['drill', '--invoices', '8'])
    const last = JSON.parse(out.trim().split('\n').at(-1) ?? '') as Record<string, number>
    expect(Object.keys(last)).toEqual(['asked', 'answered', 'lost', 'doubled', 'seconds'])
    expect({ exit, ...last }).toMatchObject({ exit: 0, asked: 8, answered: 8, lost: 0, doubled: 0 })
    expect(err).toMatch(/authority goes down.+gateway is killed[\s\S]+authority is back/)
  })

  test('notices a lost question and ends with 1', async () => {
    const { exit, out } = await piaozai(['drill', '--invoices', '8', '--lose-one'])
    expect(exit).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ asked: 8, answered: 7, lost: 1, doubled: 0 })
  })
})

test.each([[['--invoices', '3']], [['--invoices', 'many']], [['now']]])('drill %j is not understood', async (args) => {
  expect(await piaozai(['drill', ...args])).toMatchObject({ exit: 2, out: '' })
})

test('a question put to the authority twice is doubled, so is a second answer; a wrong answer is lost', () => {
  const told = [
    { number: '1', verdict: 'confirmed', answers: 1 },
    { number: '2', verdict: 'confirmed', answers: 2 },
    { number: '3', verdict: 'not-found', answers: 1 },
    { number: '4', verdict: null, answers: 0 },
  ]
  const outcome = judge({ count: 5, told, asked: ['1', '2', '2', '3'], seconds: 1.23 })
  expect(outcome).toEqual({ asked: 5, answered: 2, lost: 3, doubled: 2, seconds: 1.2 })
})
