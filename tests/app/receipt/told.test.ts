import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { receiptStatuses, type ReceiptContents } from '../../../src/authenticity/index.ts'
import { sourceClasses } from '../../../src/domain/index.ts'
import { receiptEn } from '../../../src/app/locales/en/receipt.ts'
import { verdictsEn } from '../../../src/app/locales/en/verdicts.ts'
import { receiptZh } from '../../../src/app/locales/zh-CN/receipt.ts'
import { receiptIn } from '../../../src/app/receipt/found.ts'
import { toldOf } from '../../../src/app/receipt/told.ts'
import { contents, makeKey, receiptOf } from '../../fixtures/receipts.ts'
import { day, now } from '../support/samples.ts'
import { voice } from '../support/voice.ts'

const told = (change: Partial<ReceiptContents> = {}) => toldOf({ ...contents, ...change }, '示例网关', receiptZh, voice)
const classes = [...sourceClasses, null]

describe('a receipt says in one sentence which gateway got what answer when, from whom, with data of when', () => {
  const asked = '网关〈示例网关〉于2025年6月6日 14:05 就这张发票问过税务查验，答复：'
  const until = '（数据截至当天 12:00）'
  it.each([
    ['confirmed', 'authority', `${asked}一致${until}`],
    ['mismatch', 'authority', `${asked}填写的内容与登记不一致，请核对后再查${until}`],
    ['not-found', 'authority', `${asked}两次未查到，不等于假票${until}`],
    ['voided', 'authority', `${asked}已作废${until}`],
    ['red-flushed-full', 'authority', `${asked}已全额红冲${until}`],
    ['red-flushed-partial', 'authority', `${asked}已部分红冲${until}`],
    ['out-of-range', null, '网关〈示例网关〉于2025年6月6日 14:05 答复：开票已超过五年，线上不再提供查验；可到办税服务厅办理'],
    ['cannot-be-checked', null, '网关〈示例网关〉于2025年6月6日 14:05 答复：没有可用的联网查验来源'],
    [
      'confirmed',
      'registry',
      '网关〈示例网关〉于2025年6月6日 14:05 拿这张发票和网关自己的登记比过：一致，未经税务来源查验（数据截至当天 12:00）',
    ],
    ['ticket', null, '网关〈示例网关〉于2025年6月6日 14:05 收下了关于这张发票的问题，还没有来源答复'],
  ] as const)('%s by %s', (status, by, sentence) => {
    expect(told({ status, class: by }).sentence).toBe(sentence)
  })

  it('the words of its title and its colour are those of an answer', () => {
    expect(told()).toMatchObject({ title: '税务查验一致', mark: 'confirmed', tone: 'green' })
    expect(told({ class: 'registry' })).toMatchObject({ title: '与网关登记一致', mark: 'registry', tone: 'ink' })
    expect(told({ status: 'voided' })).toMatchObject({ title: '税务查验：已作废', tone: 'red' })
    expect(told({ code: '11010123', number: '0123456789' }).title).toBe('财政查验一致')
  })

  it('green is for an authority that confirmed, and for nothing else', () => {
    for (const status of receiptStatuses)
      for (const by of classes) expect(told({ status, class: by }).tone === 'green').toBe(status === 'confirmed' && by === 'authority')
  })

  it('a queue ticket is no answer, whatever class it claims', () => {
    for (const by of classes) {
      const ticket = told({ status: 'ticket', class: by })
      expect(ticket).toMatchObject({ mark: 'waiting', tone: 'amber', title: '排队凭据，还没有结果', note: '不是查验结果，也不是税务凭证' })
      expect(ticket.sentence).not.toMatch(/一致|答复：/)
    }
  })

  it('it is never a tax document, and does not speak of today', () => {
    for (const status of receiptStatuses.filter((one) => one !== 'ticket'))
      expect(told({ status }).note).toBe('不是税务凭证，也不代表发票现在有效')
  })

  it('invented data is called so in both languages', () => {
    for (const status of receiptStatuses.filter((one) => one !== 'ticket' && one !== 'cannot-be-checked')) {
      expect(told({ status, class: 'demo' }).title).toMatch(/^演示数据：/)
      expect(told({ status, class: 'demo' }).sentence).toMatch(/^演示数据，不是真实的发票：/)
      const english = toldOf({ ...contents, status, class: 'demo' }, 'x', receiptEn, { ...voice, verdicts: verdictsEn })
      expect(english.sentence).toMatch(/^Demo data, not a real invoice: /)
    }
  })

  it('every status by every class has words in both languages', () => {
    for (const status of receiptStatuses)
      for (const by of classes)
        for (const one of [
          told({ status, class: by }),
          toldOf({ ...contents, status, class: by }, 'x', receiptEn, { ...voice, verdicts: verdictsEn }),
        ])
          expect(`${one.title}${one.sentence}${one.age}${one.note}`).not.toMatch(/undefined|null|NaN/)
  })

  it('its age is always shown, and that of its data when that is another', () => {
    expect(told().age).toBe('3 天前的答复')
    expect(told({ asOf: now - 5 * day }).age).toBe('3 天前的答复，数据是5 天前的')
    expect(told({ asOf: now - 5 * day, orEarlier: true }).sentence).toContain('（数据截至2025年6月4日 10:42 或更早）')
    expect(told({ at: now + day }).ahead).toContain('看看设备的时间')
    expect(told({ at: now + 60_000 }).ahead).toBeNull()
  })
})

describe('checking a receipt', () => {
  it('what cannot be checked is never called invalid, and each reason says what helps', () => {
    const { uncheckable, altered } = receiptZh
    expect(uncheckable.title).toBe('无法核对')
    expect(altered.title).toBe('签名不符')
    for (const because of ['unknown-key', 'later-version', 'key-out-of-period', 'key-revoked'] as const)
      expect(uncheckable.why(because)).toMatch(/^.+。(?:联网|请向).+$/)
    const words = readFileSync('src/app/locales/zh-CN/receipt.ts', 'utf8')
    for (const claim of ['无效', '伪', '作废的回执', '通过']) expect(words, claim).not.toContain(claim)
    expect(readFileSync('src/app/locales/en/receipt.ts', 'utf8')).not.toMatch(/invalid|fake|\bgenuine\b/i)
  })
})

describe('a receipt is found in', async () => {
  const text = receiptOf(await makeKey(1))
  it.each([
    ['its own text', text],
    ['an address as a QR has it', `HTTPS://PIAOZAI.EXAMPLE/R#${text}`],
    ['an address as a browser has it', `https://piaozai.example/R#${text}`],
    ['what stands behind the #', `#${text}`],
    ['an SMS that breaks its lines', text.replace(/(.{30})/g, '$1\n')],
    ['a message with words around it', `您的回执：${text}，请收好`],
    ['small letters that somebody typed', text.toLowerCase()],
  ])('%s', (_where, given) => {
    expect(receiptIn(given)).toBe(text)
  })
  it.each([
    ['nothing', ''],
    ['an invoice', '01,32,,25002000000000003907,386.00,20250605,,'],
    ['another address', 'https://shop.example/xfpr1'],
    ['words', 'FPR'],
  ])('but not in %s', (_what, given) => expect(receiptIn(given)).toBeNull())
})
