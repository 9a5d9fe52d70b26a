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
import type { ReceiptKey } from '../../../src/authenticity/index.ts'
import { contents, listOf, makeKey, receiptOf } from '../../fixtures/receipts.ts'
import { answered, answerOf, detailOf, now, queryOf, viewOf } from '../support/samples.ts'
import { judgedOf } from '../support/seals.ts'

vi.stubGlobal('isSecureContext', true)
const made = await makeKey(1)
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

describe('the receipts of an invoice', () => {
  /** An invoice confirmed by the authority, asked as `contents` of the fixtures says; `receipt` came with the answer. */
  async function receipts(
    receipt: string | undefined,
    { known = [made.key] as readonly ReceiptKey[], ticket = undefined as string | undefined } = {},
  ) {
    const at = contents.at
    const source = { id: 'simulated', class: 'authority', at, asOf: contents.asOf, outcome: 'ok' } as const
    const answer = answerOf('confirmed', 'authority', {
      answeredAt: at,
      asOf: contents.asOf,
      sources: [source],
      ...(receipt && { receipt }),
    })
    const settled = { id: '1', entryId: 'e', question: '', askedAt: now, settledAt: now, answer }
    const detail = detailOf(viewOf('e', {}, answered(answer)), { queries: ticket ? [queryOf({ receipt: ticket })] : [] })
    const timeline = [{ is: 'answered' as const, at: now, counts: true, answered: settled }, ...detail.timeline]
    const receiptKeys = { known: async () => [{ gateway: '示例网关', list: listOf(known) }], fetch: async () => false }
    const calls: string[] = []
    const deps = depsOf({ views: [], detail: { ...detail, timeline }, calls }, { receiptKeys })
    const { page, router } = await open(InvoicePage, '/invoices/e', deps)
    await page.get('.known-all').trigger('click')
    await vi.waitFor(
      () => expect(document.querySelectorAll(receipt || ticket ? '.own .own-head .own-id' : 'dialog')).not.toHaveLength(0),
      15_000,
    )
    await flushPromises()
    return { page, router, calls, sheet: document.querySelector('dialog') as HTMLElement }
  }
  const button = (name: string) => [...document.querySelectorAll('button')].find((one) => one.textContent === name)

  it('each says its id, who signed what, and how long ago', async () => {
    const { sheet } = await receipts(receiptOf(made))
    expect(sheet.textContent).toMatch(/网关回执[0-9A-Z]{5}-[0-9A-Z]{5}3 天前网关〈示例网关〉签的：税务查验一致出示二维码分享/)
    expect(sheet.textContent).not.toContain('和这条答复不同')
    expect(sheet.querySelector('.own-id')?.getAttribute('href')).toBe(`/R#${receiptOf(made)}`)
  })

  it('its QR fills the screen, with its id and what it says, and is put away again', async () => {
    const { calls } = await receipts(receiptOf(made))
    button('出示二维码')?.click()
    await vi.waitFor(() => expect(document.querySelector('dialog.held svg.qr')).not.toBeNull(), 15_000)
    const held = document.querySelector('dialog.held') as HTMLElement
    expect(held.textContent).toMatch(/[0-9A-Z]{5}-[0-9A-Z]{5}税务查验一致用相机扫/)
    held.querySelector<HTMLButtonElement>('.held-close')?.click()
    await flushPromises()
    expect(document.querySelector('dialog.held')).toBeNull()
    button('分享')?.click()
    await flushPromises()
    expect(calls.at(-1)).toContain(`/R#${receiptOf(made)}`)
  })

  it('one that says something else than the answer it came with is told to', async () => {
    const { sheet } = await receipts(receiptOf(made, { status: 'voided' }))
    expect(sheet.textContent).toContain('回执说的和这条答复不同，请再问一次')
  })

  it('one that cannot be checked here says so and is not held out', async () => {
    const { sheet } = await receipts(receiptOf(made), { known: [] })
    expect(sheet.textContent).toContain('无法核对')
    expect(button('出示二维码')).toBeUndefined()
  })

  it('a question that waits has its queue ticket, which is no result', async () => {
    const { sheet } = await receipts(undefined, { ticket: receiptOf(made, { status: 'ticket', class: null }) })
    expect(sheet.textContent).toContain('网关〈示例网关〉签的：排队凭据，还没有结果')
  })

  it('without any, that is said', async () => {
    const { sheet } = await receipts(undefined)
    expect(sheet.textContent).toContain('还没有回执')
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
