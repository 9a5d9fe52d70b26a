import { expect, test } from 'vitest'
import { captureText, readText } from '../../src/capture/index.ts'
import { makeDevice } from '../fixtures/device.ts'

const payload = '01,31,,26442000004359167806,1705400.00,20260421,,8EEF'
const other = '01,10,150007899605,65440044,0.88,20191106,02284305162156547392,737B,'

test('a QR payload is one invoice', () => {
  expect(readText(payload).map(({ invoice }) => invoice.number)).toEqual(['26442000004359167806'])
})

test('several payloads, one on each line, are several invoices; what is none is left out', () => {
  expect(readText(`hello\n${payload}\r\n${other}\n`).map(({ invoice }) => invoice.number)).toEqual(['26442000004359167806', '65440044'])
})

test.each([
  ['发票号码：26112000000000000001 开票日期：2026年11月20日 价税合计：¥123.40', '26112000000000000001', '2026-11-20', 12340],
  ['发票号码:\n26112000000000000001\n开票日期:\n2026-11-20\n(小写)¥ 123.40', '26112000000000000001', '2026-11-20', 12340],
  ['您的电子发票号码为２６１１２００００００００００００００１,开票日期20261120', '26112000000000000001', '2026-11-20', null],
])('labelled text is read: %s', (text, number, issuedOn, amount) => {
  expect(readText(text).map(({ invoice }) => [invoice.number, invoice.issuedOn, invoice.amount])).toEqual([[number, issuedOn, amount]])
})

test('an older invoice is read with its code and check code', () => {
  const [draft] = readText('发票代码:011002100111 发票号码:12345678 开票日期:2021-05-06 校验码:12345 67890 12345 67890')
  expect(draft?.invoice).toMatchObject({
    kind: 'vat-e-ordinary',
    code: '011002100111',
    number: '12345678',
    checkCode: '12345678901234567890',
  })
  expect(draft?.provenance.checkCode).toBe('text')
})

test('a second number begins a second invoice', () => {
  const text = '发票号码:26112000000000000001 价税合计:1.00\n发票号码:26112000000000000002 价税合计:2.00'
  expect(readText(text).map(({ invoice }) => [invoice.number, invoice.amount])).toEqual([
    ['26112000000000000001', 100],
    ['26112000000000000002', 200],
  ])
})

test('a bare number is taken only when it is the only one and can be a number of that kind', () => {
  expect(readText('please see 26112000000000000001').map(({ invoice }) => invoice.number)).toEqual(['26112000000000000001'])
  expect(readText('26112000000000000001 or 26112000000000000002')).toEqual([])
  expect(readText('99999999999999999999')).toEqual([])
})

test.each(['', 'hello', '订单号码:123', '电话 13800138000', '\u0000\uffff', 'x'.repeat(300_000)])(
  'text without an invoice gives none',
  (text) => {
    expect(readText(text)).toEqual([])
  },
)

test('pasted text is captured as it is read', async () => {
  const device = await makeDevice()
  const captured = await captureText(device, `${payload}\n${payload}\n${other}`, 'paste')
  expect(captured.map(({ knownSince }) => knownSince === null)).toEqual([true, false, true])
  expect((await device.wallet.list()).entries).toHaveLength(2)
})
