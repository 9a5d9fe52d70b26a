import { expect, test } from 'vitest'
import { formatMoney } from '../../../src/domain/index.ts'
import { readFile } from '../../../src/formats/file/read-file.ts'
import { layoutOf, makePdf } from '../../fixtures/pdf/index.ts'
import { pdfInvoice } from '../../fixtures/pdf/invoices.ts'

test('a rail ticket given back says what giving it back costs', async () => {
  const invoice = pdfInvoice('rail')
  const text = layoutOf(invoice).map((one) => ({ ...one, text: one.text.replace('票价', '退票费') }))
  const { drafts } = await readFile(makePdf([{ invoices: [invoice], text, qr: 'none' }]))
  expect(drafts.map((draft) => draft.invoice)).toEqual([invoice])
})

test('an air ticket from which the fund is let out has its sums, and only where its parts make up the whole', async () => {
  const air = pdfInvoice('air')
  const invoice = { ...air, amount: (air.amount ?? 0) - 5_000 }
  const whole = formatMoney(air.amount ?? 0)
  const free = layoutOf(air).flatMap((one) =>
    one.text === '50.00' ? { ...one, text: '' } : one.text === whole ? { ...one, text: formatMoney(invoice.amount) } : one,
  )
  const read = async (text: typeof free) =>
    (await readFile(makePdf([{ invoices: [air], text: text.filter((one) => one.text !== ''), qr: 'none' }]))).drafts
  expect((await read(free)).map((draft) => draft.invoice)).toEqual([invoice])
  const [odd] = await read(free.map((one) => (one.text === formatMoney(invoice.amount) ? { ...one, text: whole } : one)))
  expect([odd?.invoice.amount, odd?.invoice.amountExTax, odd?.invoice.tax]).toEqual([null, null, null])
})
