import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { mutants } from './mutants.ts'

// The mutants themselves run in `npm run test:long`.
test('every mutant of outbox and drain still has its one place in the code', () => {
  const misplaced = mutants.filter(({ file, from }) => readFileSync(file, 'utf8').split(from).length !== 2)
  expect(misplaced).toEqual([])
  expect(mutants.length).toBeGreaterThanOrEqual(60)
})
