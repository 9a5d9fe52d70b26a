import { describe, expect, it } from 'vitest'
import { draftOf, emptyForm, faultOf, fieldsOf, guessKind, isUntouched, keyOf, type EntryForm } from '../../../src/app/entry/form.ts'
import { elementsOf, kindNames, ruleOf } from '../../../src/domain/index.ts'

const today = '2025-06-10'
const form = (typed: Partial<EntryForm>): EntryForm => ({ ...emptyForm, ...typed })
const digital = form({ number: '2500 2000 0000 0000 4821', issuedOn: '2025年6月9日', amount: '186' })

describe('the manual entry form', () => {
  it('asks for three things until it knows better', () => {
    expect(guessKind(emptyForm)).toEqual({ is: 'assumed', kind: 'digital-ordinary' })
    expect(fieldsOf(guessKind(emptyForm))).toEqual(['number', 'issuedOn', 'amount'])
  })

  it('recognises the kind of a 20-digit number as it is typed', () => {
    expect(guessKind(digital)).toEqual({ is: 'recognised', kind: 'digital-ordinary' })
    expect(guessKind(form({ number: '25009000000000004821' }))).toEqual({ is: 'recognised', kind: 'rail' })
  })

  it('asks for the code of a short number, and for what that code means', () => {
    const short = form({ number: '12345678' })
    expect(guessKind(short)).toEqual({ is: 'needs-code' })
    expect(fieldsOf(guessKind(short))).toContain('code')
    const withCode = form({ number: '12345678', code: '0000 0000 0011' })
    expect(guessKind(withCode)).toEqual({ is: 'recognised', kind: 'vat-e-ordinary' })
    expect(fieldsOf(guessKind(withCode))).toEqual(['number', 'code', 'issuedOn', 'checkCode'])
  })

  it('lets the person choose when the code does not tell', () => {
    expect(guessKind(form({ number: '12345678', code: '000000000000' }))).toEqual({ is: 'needs-choice' })
  })

  it('never moves the number while the kind is only recognised', () => {
    for (const number of ['', '1234', '12345678', '25002000000000004821']) expect(fieldsOf(guessKind(form({ number })))[0]).toBe('number')
  })

  it.each(kindNames)('asks for exactly the elements that %s is verified by', (kind) => {
    const wanted = ruleOf(kind).elements
    if (wanted.length > 0) expect(fieldsOf({ is: 'chosen', kind })).toEqual(wanted)
    else expect(fieldsOf({ is: 'chosen', kind })).toContain('number')
  })

  it('becomes a draft that can be asked, every value marked as typed', () => {
    const draft = draftOf(digital)
    expect(elementsOf(draft.invoice)).toEqual({
      kind: 'digital-ordinary',
      number: '25002000000000004821',
      issuedOn: '2025-06-09',
      amount: 18600,
    })
    expect(draft.provenance).toEqual({ kind: 'typed', number: 'typed', issuedOn: 'typed', amount: 'typed' })
    expect(keyOf(digital)).toBe('25002000000000004821')
  })

  it('leaves out what was typed for another kind', () => {
    expect(draftOf({ ...digital, code: '', checkCode: '123456' }).invoice.checkCode).toBeNull()
  })

  it('says what is wrong with each field', () => {
    expect(faultOf('number', form({ number: '250020000000000048' }), 'digital-ordinary', today)).toEqual({
      is: 'length',
      have: 18,
      want: [20],
    })
    expect(faultOf('number', form({ number: 'ABC' }), null, today)).toEqual({ is: 'not-digits' })
    expect(faultOf('issuedOn', form({ issuedOn: '20250631' }), null, today)).toEqual({ is: 'not-a-date' })
    expect(faultOf('issuedOn', form({ issuedOn: '20250611' }), null, today)).toEqual({ is: 'future' })
    expect(faultOf('amount', form({ amount: '1.234' }), null, today)).toEqual({ is: 'not-money' })
    expect(faultOf('checkCode', form({ checkCode: '12345' }), null, today)).toEqual({ is: 'too-short' })
    expect(faultOf('amount', form({}), null, today)).toEqual({ is: 'empty' })
    for (const element of fieldsOf(guessKind(digital))) expect(faultOf(element, digital, 'digital-ordinary', today)).toBeNull()
  })

  it('knows when there is nothing to keep', () => {
    expect(isUntouched(emptyForm)).toBe(true)
    expect(isUntouched(form({ kind: 'rail' }))).toBe(true)
    expect(isUntouched(form({ amount: '1' }))).toBe(false)
  })
})
