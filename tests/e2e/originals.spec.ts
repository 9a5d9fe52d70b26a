import { sealZh } from '../../src/app/locales/zh-CN/seal.ts'
import { makeOfd, makeZip } from '../fixtures/ofd/index.ts'
import { makePdf } from '../fixtures/pdf/index.ts'
import { pdfInvoice } from '../fixtures/pdf/invoices.ts'
import { eInvoiceXml } from '../fixtures/xml/index.ts'
import { edit, sealedParts } from '../authenticity/ofd/sealed.ts'
import { installed } from './support/device.ts'
import { invoiceOf, payloads, type MadeFile } from './support/files.ts'
import { expect, test } from './support/test.ts'

const sealedFile: MadeFile = { name: 'sealed.ofd', bytes: makeZip(sealedParts()) }
const alteredFile: MadeFile = {
  name: 'altered.ofd',
  bytes: makeZip(edit(sealedParts(), 'Pages/Page_0/Content.xml', (text) => text.replace('</', ' </'))),
}
const unsealedFile: MadeFile = {
  name: 'plain.ofd',
  bytes: makeOfd({ page: invoiceOf(7), attachment: { name: 'original_invoice.xml', xml: eInvoiceXml(invoiceOf(7)) } }),
}
const pdfFile: MadeFile = { name: 'page.pdf', bytes: makePdf([{ invoices: [pdfInvoice('digital-ordinary')], qr: 'bits' }]) }

const sentence = {
  'sealed.ofd': '签章完好，但无法确认签章人身份',
  'altered.ofd': '文件在签章后被改动：',
  'plain.ofd': '此文件不含数字签名，红章只是图片；真伪须联网查验',
}
const looks = { 'sealed.ofd': '.sheet-svg', 'altered.ofd': '.sheet-svg', 'plain.ofd': '.sheet-svg', 'page.pdf': '.pdf-canvas' }

for (const colorScheme of ['light', 'dark'] as const) {
  test(`without a network a file says what its seal proves, and is shown as it looks, ${colorScheme}`, async ({
    gateway,
    device,
  }, info) => {
    const phone = await device({ colorScheme })
    const page = await phone.open(gateway.url)
    await installed(page)
    await gateway.stop()

    // One at a time: a sealed and an altered file of the same invoice would meet in one entry.
    const files = colorScheme === 'light' ? [sealedFile, unsealedFile, pdfFile] : [alteredFile, pdfFile]
    for (const file of files) {
      await page.goto(`${gateway.url}/add?way=file`)
      await page.locator('input[type=file]').setInputFiles(payloads([file]))
      await page.getByRole('link', { name: file.name, exact: true }).tap()
      const says = sentence[file.name as keyof typeof sentence] as string | undefined
      if (says !== undefined) {
        await page.getByRole('button', { name: sealZh.known.all }).tap()
        const sheet = page.getByRole('dialog', { name: sealZh.known.title })
        await expect(sheet.getByText(says).first()).toBeVisible()
        await page.screenshot({ path: info.outputPath(`${file.name}-known.png`) })
        await page.keyboard.press('Escape')
        await expect(sheet).toBeHidden()
      }
      await page.screenshot({ path: info.outputPath(`${file.name}-invoice.png`) })
      await page.locator('.original-link').first().tap()
      await expect(page.locator(looks[file.name as keyof typeof looks]).first()).toBeVisible({ timeout: 15_000 })
      await page.screenshot({ path: info.outputPath(`${file.name}-original.png`) })
    }
    await gateway.start()
  })
}
