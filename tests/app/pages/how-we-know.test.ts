import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import InvoicePage from '../../../src/app/pages/InvoicePage.vue'
import SettingsPage from '../../../src/app/pages/SettingsPage.vue'
import { sealVerdicts, type Seal, type SealVerdict } from '../../../src/domain/index.ts'
import { useTrustList } from '../../../src/app/stores/trust-list.ts'
import { keepFile, readWaiting } from '../../../src/capture/index.ts'
import { makeDevice } from '../../fixtures/device.ts'
import { fileReader } from '../../fixtures/file-reader.ts'
import { makeZip } from '../../fixtures/ofd/index.ts'
import { sealedParts, trust } from '../../authenticity/ofd/sealed.ts'
import { depsOf, open } from '../support/app.ts'
import { openOnDevice } from '../support/device-app.ts'
import { answered, answerOf, detailOf, now, viewOf } from '../support/samples.ts'
import { judgedOf } from '../support/seals.ts'

vi.stubGlobal('isSecureContext', true)
afterEach(() => document.body.replaceChildren())

/** The page of an invoice with one judged file, and its one sheet opened. */
async function known(verdict: SealVerdict, change: Partial<Seal> = {}) {
  const view = viewOf('e', {}, answered(answerOf('confirmed', 'registry')))
  const settled = { id: '1', entryId: 'e', question: '', askedAt: now, settledAt: now, answer: answerOf('confirmed', 'registry') }
  const detail = detailOf(view, { seals: [judgedOf(verdict, change)] })
  const timeline = [{ is: 'answered' as const, at: now, counts: true, answered: settled }, ...detail.timeline]
  const { page } = await open(InvoicePage, '/invoices/e', depsOf({ views: [], detail: { ...detail, timeline }, calls: [] }))
  await page.get('.known-all').trigger('click')
  await vi.waitFor(() => expect(document.querySelector('dialog')).not.toBeNull(), 15_000)
  await flushPromises()
  return { page, sheet: document.querySelector('dialog') as HTMLElement }
}

describe('one sheet says how we know', () => {
  it('the exact sentence of the seal, how old it is, who and when by its own word, how much is covered, and what it does not prove', async () => {
    const { sheet } = await known('trusted')
    const text = sheet.textContent ?? ''
    expect(text).toContain('电子签章验证通过（离线）：文件自签章后未被改动，签章人＝演示税务局；不代表发票现在有效')
    expect(text).toContain('（12 天前），在这台设备上算的')
    expect(text).toMatch(/签章所载时间.*由签章人自己写入，没有时间戳佐证/)
    expect(text).toContain('演示税务局 ← 演示证书中心')
    expect(text).toContain('信任清单第 7 版')
    expect(text).toContain('文件里 2 个条目，全部在签章之内')
    expect(text).toContain('它不能证明')
    expect(text).toContain('发票现在有效（没有作废、没有红冲）')
  })

  it('the answers with their age, receipts, checks and where every value comes from, in the same sheet', async () => {
    const { sheet } = await known('trusted')
    const text = sheet.textContent ?? ''
    expect(text).toMatch(/联网答复与网关登记一致3 天前.*与网关的登记一致，未经税务来源查验/)
    expect(text).toContain('网关回执')
    expect(text).toMatch(/核对.*仅说明录入无误.*号码年份与日期正常/)
    expect(text).toMatch(/每一项从哪里来.*二维码.*发票号码、开票日期、价税合计/)
    expect(sheet.innerHTML).not.toContain('tone-green')
  })

  it('altered and uncovered parts by name, part by part', async () => {
    const { sheet } = await known('tampered', { altered: ['OFD.xml'], digests: [{ name: 'OFD.xml', holds: false }] })
    expect(sheet.textContent).toContain('文件在签章后被改动：文件目录')
    expect(sheet.textContent).toContain('签章之内 1 个条目，1 个被改动')
    expect(sheet.querySelector('details')?.textContent).toMatch(/OFD\.xml\s*与签章时不同/)
    document.body.replaceChildren()
    const partial = await known('partial', { uncovered: ['Doc_0/Tpls/Tpl_0/Content.xml'] })
    expect(partial.sheet.textContent).toContain('签章只覆盖文件的一部分，未覆盖：底版')
    expect(partial.sheet.querySelector('details')?.textContent).toMatch(/Tpl_0\/Content\.xml\s*不在签章之内/)
  })

  it.each(sealVerdicts)('%s has its step on the page, and nothing in it is green', async (verdict) => {
    const { page, sheet } = await known(verdict)
    const step = page.findAll('.step').at(1)
    expect(step?.get('.step-title').text()).toBe(sheet.querySelector('h2')?.textContent)
    expect(page.get('.known').html()).not.toContain('tone-green')
  })

  it('a changed file is what the page says first', async () => {
    const view = viewOf('e')
    const seal = { file: 'f', verdict: 'tampered', parts: 1 } as const
    const entry = { ...view.entry, captures: view.entry.captures.map((one) => ({ ...one, seal })) }
    const detail = detailOf({ ...view, entry })
    const { page } = await open(InvoicePage, '/invoices/e', depsOf({ views: [], detail, calls: [] }))
    expect(page.get('.sentence').text()).toContain('文件在签章后被改动，请向开票方要原件。')
  })
})

describe('a person’s own trust list', () => {
  it('is imported under 我的, has the kept files judged again, says what it is worth, and can be given up', async () => {
    const device = await makeDevice()
    await keepFile(device, { name: '票.ofd', type: '', bytes: makeZip(sealedParts()).slice().buffer })
    await readWaiting({ ...device, files: fileReader(), version: '1' })
    const [view] = (await device.wallet.list()).entries
    const findings = async () => (await device.wallet.entry(view?.entry.id ?? ''))?.seals[0]?.seal.problems.map(({ code }) => code)
    const app = await openOnDevice(SettingsPage, '/settings', { device })
    expect(app.page.text()).toMatch(/信任清单.*现用清单第 1 版/)
    const choose = async (file: File) => {
      const input = app.page.get('input[type=file]')
      Object.defineProperty(input.element, 'files', { value: [file], configurable: true })
      await input.trigger('change')
      await vi.waitFor(async () => {
        await app.rest()
        expect(useTrustList().judging).toBe(false)
      }, 10_000)
    }
    await choose(new File(['<html>'], 'list.json'))
    expect(await device.wallet.lists()).toEqual({ operator: null, imported: null })
    await choose(new File([JSON.stringify(trust.list)], 'list.json'))
    await vi.waitFor(async () => expect(await findings()).toEqual(['trusted-by-imported-list']), 10_000)
    await app.rest()
    expect(app.page.text()).toMatch(/您导入的清单第 7 版/)
    await app.page.get('.section button.chip').trigger('click')
    await vi.waitFor(async () => expect(await findings()).toContain('signer-unknown'), 10_000)
    app.close()
  })
})
