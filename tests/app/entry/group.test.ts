import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { grouped, regroup } from '../../../src/app/entry/group.ts'

describe('digits in groups', () => {
  it('are read by four', () => {
    expect(grouped('25002000000000004821', 4)).toBe('2500 2000 0000 0000 4821')
  })

  it('never lose or gain a digit, and keep the caret behind the same one', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9 ]{0,28}$/), fc.nat(28), (typed, at) => {
        const caret = Math.min(at, typed.length)
        const result = regroup(typed, caret, 4)
        expect(result.text.replace(/ /g, '')).toBe(typed.replace(/ /g, ''))
        expect(result.text.slice(0, result.caret).replace(/ /g, '')).toBe(typed.slice(0, caret).replace(/ /g, ''))
      }),
    )
  })
})
