import { expect, it } from 'vitest'
import { sourceClasses, verdicts, type InvoiceStatus } from '../../../src/domain/index.ts'
import { headlineOf } from '../../../src/app/invoice/headline.ts'
import { invoiceZh } from '../../../src/app/locales/zh-CN/invoice.ts'
import { answered, answerOf, queryOf, viewOf } from '../support/samples.ts'
import { voice } from '../support/voice.ts'

const headline = (status: InvoiceStatus, values = {}) => headlineOf(viewOf('e', values, status), invoiceZh, voice)

it('what is missing is named, and the button fills exactly that', () => {
  expect(headline({ is: 'incomplete', missing: ['issuedOn', 'amount'] })).toEqual({
    lead: '还差开票日期、价税合计，补上就能查验。',
    rest: '号码与金额勾稽正常、未重复；尚未联网查验',
    action: { do: 'fill', elements: ['issuedOn', 'amount'] },
  })
})

it('a parked query says when it is asked and that nothing is to do', () => {
  expect(headline({ is: 'waiting', query: queryOf() })).toMatchObject({ lead: '网关已收下，约今晚 20:10 再问。', rest: '不用您操作' })
})

it('without a network the platform is not offered either', () => {
  expect(headline({ is: 'waiting', query: queryOf({ reason: 'device-offline' }) }).action).toBeNull()
})

it('a mismatch leads to comparing what was entered', () => {
  expect(headline(answered(answerOf('mismatch', 'authority')))).toMatchObject({
    lead: '填写的内容与登记不一致，请核对后再查。',
    action: { do: 'compare' },
  })
})

it('an answer of the authority needs no button', () => {
  expect(headline(answered(answerOf('confirmed', 'authority')))).toMatchObject({
    lead: '税务查验一致。',
    rest: '数据截至6月6日 10:42',
    action: null,
  })
})

it('a registry’s agreement says that no tax source was asked, and offers to ask oneself', () => {
  expect(headline(answered(answerOf('confirmed', 'registry')))).toMatchObject({
    lead: '与网关登记一致，未经税务来源查验。',
    action: { do: 'ask-yourself' },
  })
})

it('invented data is called so first', () => {
  expect(headline(answered(answerOf('confirmed', 'demo'))).lead).toBe('演示数据，不是真实的发票。')
})

it('a refused question says why', () => {
  expect(headline({ is: 'needs-user', query: queryOf({ state: 'needs-user', problem: 'no-reply' }) }).rest).toContain('几次都没有回音')
})

it('a check that failed is named before everything else', () => {
  const view = viewOf('e', {}, { is: 'unasked' })
  const failed = { ...view, entry: { ...view.entry, checks: [{ name: 'net-plus-tax', ok: false } as const] } }
  expect(headlineOf(failed, invoiceZh, voice).rest).toBe('不含税加税额对不上、未重复；尚未联网查验')
})

it('every answer of every class has a sentence', () => {
  for (const verdict of verdicts)
    for (const speaker of [...sourceClasses, null]) {
      const { lead } = headline(answered(answerOf(verdict, speaker)))
      expect(lead.length).toBeGreaterThan(4)
      expect(lead).not.toMatch(/undefined|null/)
    }
})
