import { expect, it } from 'vitest'
import { toolsOf } from '../../../src/app/invoice/tools.ts'
import { answered, answerOf, viewOf } from '../support/samples.ts'

const tools = (...given: Parameters<typeof viewOf>) => toolsOf(viewOf(...given))

it('what the authority confirmed has nothing to correct, and may be asked again', () => {
  expect(tools('e', {}, answered(answerOf('confirmed', 'authority')))).toEqual(['askAgain', 'askYourself', 'copy', 'remove'])
})

it('what anybody else confirmed may be corrected', () => {
  expect(tools('e', {}, answered(answerOf('confirmed', 'registry')))).toContain('edit')
})

it('what was not asked is not asked again, and a number that is not known is not copied', () => {
  expect(tools('e', { number: null }, { is: 'incomplete', missing: ['number'] })).toEqual(['askYourself', 'edit', 'remove'])
})

it('what nobody can check offers no check', () => {
  expect(tools('e', { kind: 'taxi' }, { is: 'uncheckable' })).toEqual(['copy', 'remove'])
})
