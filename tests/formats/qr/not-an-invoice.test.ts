import { expect, test } from 'vitest'
import { pickInvoiceQrs, readQr, whyNoInvoice } from '../../../src/formats/index.ts'

const title = `$01$${Buffer.from('示例公司</>91110000000000000X</></></>ABCD').toString('base64')}$`

test.each([
  [title, 'qr-title'],
  ['QRCODE_GEN_ERROR', 'qr-not-made'],
  ['', 'qr-empty'],
  [' \uFEFF\r\n', 'qr-empty'],
  ['https://example.com/pay?id=1', 'qr-not-an-invoice'],
  ['3d1f9c0a77b24d8e', 'qr-not-an-invoice'],
  ['01,', 'qr-not-an-invoice'],
  ['01,31,,,,,,', 'qr-not-an-invoice'],
  ['02,31,,26112000000000012345,50.00,20260421,,', 'qr-not-an-invoice'],
  ['https://', 'qr-not-an-invoice'],
])('%j is no invoice, and it is said what it is', (text, code) => {
  expect(readQr(text)).toBeNull()
  expect(whyNoInvoice(text).code).toBe(code)
})

test('of several codes on a page those of invoices are taken, each once', () => {
  const one = '01,31,,26112000000000012345,50.00,20260421,,'
  const two = '01,10,011002100111,12345678,50.00,20210506,12345678901234567890,'
  const chain = 'https://bcfp.shenzhen.chinatax.gov.cn/verify/scan?hash=0123456789abcdef&bill_num=00012345&total_amount=2050'
  expect(pickInvoiceQrs(['https://example.com', one, title, chain, one, two, '01,'])).toEqual([one, chain, two])
})
