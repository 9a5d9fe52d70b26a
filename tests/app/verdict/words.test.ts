import { describe, expect, it } from 'vitest'
import { parkingReasons, sourceClasses, verdicts, type SourceClass, type Verdict } from '../../../src/domain/index.ts'
import { verdictsEn } from '../../../src/app/locales/en/verdicts.ts'
import { verdictsZh } from '../../../src/app/locales/zh-CN/verdicts.ts'
import { answerFace, noteFace, statusFace } from '../../../src/app/verdict/face.ts'
import { answerSentence } from '../../../src/app/verdict/sentence.ts'
import { stubOf } from '../../../src/app/verdict/stub.ts'
import { answered, answerOf, day, now, queryOf } from '../support/samples.ts'
import { voice } from '../support/voice.ts'

const speakers: readonly (SourceClass | null)[] = [...sourceClasses, null]
const sentence = (verdict: Verdict, speaker: SourceClass | null, extra = {}) =>
  answerSentence(answerOf(verdict, speaker, extra), 'digital-ordinary', voice)
const stub = (verdict: Verdict, speaker: SourceClass | null, extra = {}) =>
  stubOf({ kind: 'digital-ordinary', issuedOn: '2025-06-05', status: answered(answerOf(verdict, speaker, extra)), note: null }, voice)

describe('an answer is said exactly as the table of honest words has it', () => {
  const at = '6月6日 10:42'
  it.each([
    ['confirmed', 'authority', {}, `已于${at} 经模拟税务来源查验：一致（数据截至${at}）`],
    ['confirmed', 'registry', {}, `与网关的登记一致，未经税务来源查验（数据截至${at}）`],
    ['confirmed', 'demo', {}, `演示数据：一致，不是真实的发票（${at}）`],
    ['mismatch', 'authority', {}, `模拟税务来源答复：填写的内容与登记不一致，请核对后再查（截至${at}）`],
    ['voided', 'authority', {}, `模拟税务来源答复：已作废（截至${at}）`],
    ['red-flushed', 'authority', { redFlush: 'full' }, `模拟税务来源答复：已全额红冲（截至${at}）`],
    ['red-flushed', 'authority', { redFlush: 'partial' }, `模拟税务来源答复：已部分红冲（截至${at}）`],
    ['out-of-range', null, {}, '开票已超过五年，线上不再提供查验；可到办税服务厅办理'],
    ['cannot-be-checked', null, { detail: 'no-authority-source' }, '没有可用的联网查验来源：网关没有接税务来源'],
  ] as const)('%s by %s', (verdict, speaker, extra, expected) => {
    expect(sentence(verdict, speaker, extra)).toBe(expected)
  })

  it('not found names both looks and that it does not mean forged', () => {
    const look = (days: number) =>
      ({ id: 'simulated', class: 'authority', at: now - days * day, asOf: now - days * day, outcome: 'not-found' }) as const
    expect(sentence('not-found', 'authority', { sources: [look(2), look(1)] })).toBe(
      '模拟税务来源两次答复未查到（6月7日 10:42、昨天 10:42）；不等于假票',
    )
  })

  it.each(speakers)('every verdict has a sentence and a stub when %s speaks', (speaker) => {
    for (const verdict of verdicts) {
      for (const text of [sentence(verdict, speaker), stub(verdict, speaker).words]) {
        expect(text).not.toMatch(/undefined|null|NaN/)
        expect(text.length).toBeGreaterThan(3)
      }
    }
  })

  it('invented data is called so in every verdict, in both languages', () => {
    // That nothing can be checked is nobody's statement, not even a demo source's.
    for (const verdict of verdicts.filter((one) => one !== 'cannot-be-checked')) {
      expect(sentence(verdict, 'demo')).toMatch(/^演示数据：/)
      expect(stub(verdict, 'demo').words).toMatch(/^演示数据：/)
      const english = { ...voice, verdicts: verdictsEn }
      expect(answerSentence(answerOf(verdict, 'demo'), 'digital-ordinary', english)).toMatch(/^Demo data: /)
    }
  })

  it('a waiting query says ticket, reason and time; one that was never asked says that', () => {
    expect(verdictsZh.parked('7K3QF', 'source-down', '今晚 20:10', 'tax')).toBe(
      '网关已收下（编号 7K3QF）：税务查验没有答复，约今晚 20:10 再问，不用您操作',
    )
    expect(verdictsZh.notAsked('device-offline', null)).toBe('尚未查验：这台设备没有网络，联网就再试')
    for (const reason of parkingReasons)
      expect(verdictsZh.parked('1', reason, null, 'tax')).toMatch(/^网关已收下（编号 1）：.+，不用您操作$/)
  })
})

describe('colour', () => {
  it('green is reserved for an authority that confirmed', () => {
    for (const verdict of verdicts)
      for (const speaker of speakers) {
        const green = answerFace(answerOf(verdict, speaker)).tone === 'green'
        expect(green, `${verdict} by ${speaker}`).toBe(verdict === 'confirmed' && speaker === 'authority')
      }
  })

  it('registry, other gateways, invented data and nobody are never red or amber either', () => {
    for (const verdict of verdicts)
      for (const speaker of speakers.filter((one) => one !== 'authority'))
        expect(['ink', 'grey']).toContain(answerFace(answerOf(verdict, speaker)).tone)
  })

  it('agreement that is not the authority’s is "=", never a tick', () => {
    for (const speaker of ['registry', 'peer', 'demo'] as const) expect(answerFace(answerOf('confirmed', speaker)).mark).toBe('registry')
  })

  it('an own note is grey, whatever was seen', () => {
    expect(noteFace.tone).toBe('grey')
    const seen = stubOf(
      { kind: 'digital-ordinary', issuedOn: null, status: { is: 'unasked' }, note: { saw: 'match', text: '', at: now - day } },
      voice,
    )
    expect(seen).toMatchObject({ tone: 'grey', mark: 'own-note', words: '我自己查过：看到一致', aside: '昨天，自己记的' })
  })

  it('an own note never covers an answer or a query on its way', () => {
    const note = { saw: 'mismatch', text: '', at: now } as const
    const about = { kind: 'digital-ordinary', issuedOn: '2025-06-05', note } as const
    expect(stubOf({ ...about, status: answered(answerOf('confirmed', 'authority')) }, voice).words).toBe('税务查验一致')
    expect(stubOf({ ...about, status: { is: 'waiting', query: queryOf() } }, voice).mark).toBe('waiting')
  })

  it('waiting is amber and outlined', () => {
    expect(statusFace({ is: 'waiting', query: queryOf() })).toEqual({ mark: 'waiting', tone: 'amber' })
  })
})

describe('a card’s stub', () => {
  it.each([
    ['confirmed', 'authority', '税务查验一致', '3 天前'],
    ['mismatch', 'authority', '税务查验：填写与登记不一致', '3 天前'],
    ['red-flushed', 'authority', '税务查验：已全额红冲', '3 天前'],
    ['not-found', 'authority', '税务查验两次未查到', '不等于假票'],
    ['out-of-range', null, '开票已超过五年', '可到服务厅办理'],
    ['confirmed', 'registry', '与网关登记一致', '未经税务来源查验'],
    ['confirmed', 'demo', '演示数据：一致', '3 天前'],
    ['cannot-be-checked', null, '没有可用的查验来源', '网关没有说明'],
  ] as const)('%s by %s', (verdict, speaker, words, aside) => {
    expect(stub(verdict, speaker)).toMatchObject({ words, aside })
  })

  it('a fiscal bill is answered by the fiscal authority', () => {
    const status = answered(answerOf('confirmed', 'authority'))
    expect(stubOf({ kind: 'fiscal', issuedOn: '2025-06-02', status, note: null }, voice).words).toBe('财政查验一致')
  })

  it.each([
    ['source-down', '网关已收下', '约今晚 20:10 再问'],
    ['not-yet-visible', '今天开的票还查不到', '约今晚 20:10 再问'],
    ['daily-limit', '今天次数用完', '约今晚 20:10 再问'],
    ['second-look', '等第二次核实', '约今晚 20:10 再问'],
    ['device-offline', '没有网络，先存下', '联网就问'],
    [null, '等待查验', '约今晚 20:10 再问'],
  ] as const)('waiting for %s', (reason, words, aside) => {
    const status = { is: 'waiting', query: queryOf({ reason }) } as const
    expect(stubOf({ kind: 'digital-ordinary', issuedOn: '2025-06-09', status, note: null }, voice)).toMatchObject({ words, aside })
  })
})
