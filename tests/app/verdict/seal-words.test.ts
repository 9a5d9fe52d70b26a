import { describe, expect, it } from 'vitest'
import { sealVerdicts, type Seal, type SealVerdict } from '../../../src/domain/index.ts'
import { sealEn } from '../../../src/app/locales/en/seal.ts'
import { verdictsEn } from '../../../src/app/locales/en/verdicts.ts'
import { sealZh } from '../../../src/app/locales/zh-CN/seal.ts'
import { verdictsZh } from '../../../src/app/locales/zh-CN/verdicts.ts'
import { sealFaces, sealSentence } from '../../../src/app/verdict/seal.ts'
import { stubOf } from '../../../src/app/verdict/stub.ts'
import { answered, answerOf, queryOf } from '../support/samples.ts'
import { sealOf } from '../support/seals.ts'
import { voice } from '../support/voice.ts'

const say = (verdict: SealVerdict, change: Partial<Seal> = {}) => sealSentence(sealOf(verdict, change), sealZh)
const stub = (verdict: SealVerdict, status: Parameters<typeof stubOf>[0]['status'] = { is: 'unasked' }, parts = 2) =>
  stubOf({ kind: 'vat-e-ordinary', issuedOn: '2025-06-05', status, note: null, seal: { file: 'f', verdict, parts } }, voice)

describe('a seal is said exactly as the table of honest words has it', () => {
  const table = [
    ['trusted', {}, '电子签章验证通过（离线）：文件自签章后未被改动，签章人＝演示税务局；不代表发票现在有效'],
    ['untrusted-signer', {}, '签章完好，但无法确认签章人身份'],
    [
      'untrusted-signer',
      { problems: [{ code: 'trusted-by-imported-list', message: '' }] },
      '签章完好，但无法确认签章人身份；您导入的清单信任此签章人',
    ],
    ['partial', { uncovered: ['OFD.xml', 'Doc_0/Tags/CustomTag.xml'] }, '签章只覆盖文件的一部分，未覆盖：文件目录、标签'],
    ['partial', { uncovered: ['the last 12 bytes'] }, '签章只覆盖文件的一部分，未覆盖：签名之后追加的内容'],
    ['tampered', { altered: ['Doc_0/Pages/Page_0/Content.xml'] }, '文件在签章后被改动：版面'],
    ['tampered', { altered: ['signed bytes'] }, '文件在签章后被改动：签名覆盖的内容'],
    ['tampered', { altered: ['a.bin', 'b.bin', 'c.bin', 'd.bin', 'e.bin'] }, '文件在签章后被改动：a.bin、b.bin、c.bin等 5 项'],
    ['unsigned', { signer: null }, '此文件不含数字签名，红章只是图片；真伪须联网查验'],
    ['seller-signed', {}, '文件含销售方电子签名，签名后未被改动；签名人自称〈演示税务局〉，身份未经核实'],
    ['test-seal', {}, '盖的是测试用签章，不能证明真伪'],
    ['undecidable', {}, '签章不规范或无法由第三方核对，不能据此判断真假'],
  ] as const
  it.each(table)('%s %j', (verdict, change, expected) => {
    expect(say(verdict, change)).toBe(expected)
  })

  it('and no verdict is left out of it', () => {
    expect(new Set(table.map(([verdict]) => verdict))).toEqual(new Set(sealVerdicts))
  })

  it.each([
    [
      'trusted',
      'The electronic seal holds (checked offline): the file is as it was sealed, by 演示税务局; this does not say that the invoice is valid now',
    ],
    ['untrusted-signer', 'The seal is intact, but who the signer is cannot be confirmed'],
    ['partial', 'The seal covers only a part of the file; not covered: the file’s index'],
    ['tampered', 'The file was changed after it was sealed: the page'],
    ['unsigned', 'This file holds no digital signature, the red stamp is only a picture; it has to be checked online'],
    [
      'seller-signed',
      'The file is signed by the seller and unchanged since; the signer calls itself “演示税务局”, which nobody has verified',
    ],
    ['test-seal', 'The seal is one for tests and proves nothing'],
    ['undecidable', 'The seal leaves the standards or cannot be checked by third parties; it says nothing either way'],
  ] as const)('in English, %s', (verdict, expected) => {
    expect(sealSentence(sealOf(verdict, { uncovered: ['OFD.xml'], altered: ['Doc_0/Pages/Page_0/Content.xml'] }), sealEn)).toBe(expected)
  })

  it('only a trusted seal passes, and nothing a seal says claims that the invoice is genuine, checked or valid', () => {
    for (const verdict of sealVerdicts) {
      const texts = [say(verdict), verdictsZh.seals[verdict], verdictsZh.sealAside(verdict, 1), ...sealZh.provesNot(verdict)]
      for (const text of texts) {
        expect(text).not.toMatch(/真票|假票|已查验|查无此票|税务机关出具|验真|undefined|null/)
        if (verdict !== 'trusted') expect(text).not.toContain('通过')
      }
      expect(sealZh.provesNot(verdict).length).toBeGreaterThan(0)
      expect(sealSentence(sealOf(verdict), sealEn)).not.toMatch(/undefined|null|authentic|verified by the tax/)
      expect(verdictsEn.seals[verdict]).not.toMatch(/genuine|valid|authentic/)
    }
  })
})

describe('the colour of a seal', () => {
  it.each([
    ['trusted', 'blue', 'seal'],
    ['tampered', 'red', 'altered'],
    ['partial', 'amber', 'look'],
    ['untrusted-signer', 'grey', 'seal-open'],
    ['seller-signed', 'grey', 'seal-open'],
    ['test-seal', 'grey', 'seal-open'],
    ['undecidable', 'grey', 'seal-open'],
    ['unsigned', 'grey', 'unsigned'],
  ] as const)('%s is %s, marked %s', (verdict, tone, mark) => {
    expect(sealFaces[verdict]).toEqual({ tone, mark })
  })

  it('is never green', () => {
    for (const verdict of sealVerdicts) expect(stub(verdict).tone).not.toBe('green')
  })
})

describe('a card', () => {
  it.each([
    ['trusted', '签章验证通过（离线）', '尚未联网查验'],
    ['tampered', '文件在签章后被改动', '2 处'],
    ['partial', '签章只覆盖一部分', '2 项未覆盖'],
    ['untrusted-signer', '签章完好，签章人未能确认', '尚未联网查验'],
    ['seller-signed', '含销售方签名，身份未核实', '尚未联网查验'],
    ['test-seal', '测试用签章', '不能证明真伪'],
    ['undecidable', '签章不规范', '不能据此判断'],
    ['unsigned', '不含数字签名', '尚未联网查验'],
  ] as const)('whose invoice nobody answered says %s', (verdict, words, aside) => {
    expect(stub(verdict)).toMatchObject({ ...sealFaces[verdict], words, aside })
  })

  it('says beside the seal when the source is asked next; what proves nothing gives way to that', () => {
    const status = { is: 'waiting', query: queryOf() } as const
    expect(stub('trusted', status)).toMatchObject({ words: '签章验证通过（离线）', aside: '约今晚 20:10 再问' })
    expect(stub('tampered', status)).toMatchObject({ words: '文件在签章后被改动', aside: '2 处' })
    expect(stub('unsigned', status)).toMatchObject({ words: '网关已收下', tone: 'amber' })
  })

  it('says the answer once there is one, and what the person must add before anything', () => {
    expect(stub('trusted', answered(answerOf('mismatch', 'authority'))).words).toBe('税务查验：填写与登记不一致')
    expect(stub('trusted', answered(answerOf('cannot-be-checked', null))).words).toBe('签章验证通过（离线）')
    expect(stub('trusted', { is: 'incomplete', missing: ['amount'] }).words).toBe('还差价税合计')
  })
})
