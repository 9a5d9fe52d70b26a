import { afterEach, describe, expect, it, vi } from 'vitest'
import AddPage from '../../../src/app/pages/AddPage.vue'
import { captureText, type KeeperWorker } from '../../../src/capture/index.ts'
import { makeDevice } from '../../fixtures/device.ts'
import { control, field, openOnDevice, payload, type DeviceApp } from '../support/device-app.ts'

const number = '26002000000000004821'
const open: DeviceApp[] = []
const opened = async (...args: Parameters<typeof openOnDevice>) => {
  const app = await openOnDevice(...args)
  open.push(app)
  return app
}
afterEach(() => open.splice(0).forEach((app) => app.close()))

async function type(app: DeviceApp, values: Record<string, string>): Promise<void> {
  for (const [label, text] of Object.entries(values)) {
    const input = field(app.page, label)
    await input.setValue(text)
    await input.trigger('blur')
  }
  await app.rest()
}
const submit = async (app: DeviceApp) => {
  await app.page.get('form').trigger('submit')
  await app.rest()
}
const entries = async (app: DeviceApp) => (await app.device.wallet.list()).entries

describe('typing an invoice in', () => {
  it('asks for three things, groups the digits and recognises the kind', async () => {
    const app = await opened(AddPage, '/add')
    await type(app, { 发票号码: number })
    expect((field(app.page, '发票号码').element as HTMLInputElement).value).toBe('2600 2000 0000 0000 4821')
    expect(app.page.text()).toContain('20 位，自动认出是数电普票')
    expect(app.page.findAll('.field-label').some((label) => label.text().includes('校验码'))).toBe(false)
  })

  it('asks for the code of a short number, and then for what that kind needs', async () => {
    const app = await opened(AddPage, '/add')
    await type(app, { 发票号码: '12345678' })
    expect(app.page.text()).toContain('8 位的号码要和发票代码一起')
    await type(app, { 发票代码: '000000000011' })
    expect(app.page.text()).toContain('电子普票')
    expect(field(app.page, '校验码').attributes('aria-invalid')).toBe('false')
  })

  it('keeps the invoice and its question, and leads to it', async () => {
    const app = await opened(AddPage, '/add')
    await type(app, { 发票号码: number, 开票日期: '20261109', 价税合计: '186' })
    expect(app.page.text()).toContain('号码的年份和日期相符')
    expect(app.page.text()).toContain('票夹里没有同一张')
    await submit(app)
    const [view] = await entries(app)
    expect(view?.entry.invoice).toMatchObject({ number, issuedOn: '2026-11-09', amount: 18600 })
    expect(view?.status.is).toBe('waiting')
    expect(app.router.currentRoute.value.path).toBe(`/invoices/${view?.entry.id}`)
  })

  it('says for every field what to do, and saves nothing that is wrong', async () => {
    const app = await opened(AddPage, '/add')
    await type(app, { 发票号码: number.slice(0, 18), 开票日期: '20261131', 价税合计: '1.234' })
    await submit(app)
    expect(app.page.text()).toContain('没有这一天')
    expect(app.page.text()).toContain('金额写成 186.00 这样')
    expect(app.page.text()).toContain('发票号码应是 20 位，现在 18 位，请补齐')
    expect(await entries(app)).toEqual([])
  })

  it('lets an incomplete one be kept, and says what is missing', async () => {
    const app = await opened(AddPage, '/add')
    await type(app, { 发票号码: number })
    await submit(app)
    expect(app.page.text()).toContain('还缺开票日期、价税合计：可以先存下，以后再补')
    await control(app.page, '存下').trigger('click')
    await app.rest()
    expect((await entries(app))[0]?.status).toEqual({ is: 'incomplete', missing: ['issuedOn', 'amount'] })
  })

  it('warns of one that is there already, and merges it', async () => {
    const app = await opened(AddPage, '/add')
    await captureText(app.device, payload(4821).text, 'camera')
    await type(app, { 发票号码: number, 开票日期: '20261109', 价税合计: '186.00' })
    expect(app.page.text()).toContain('票夹里已有这张')
    await submit(app)
    expect(await entries(app)).toHaveLength(1)
  })

  it('does not lose what was typed when the page goes away', async () => {
    const first = await opened(AddPage, '/add')
    await type(first, { 发票号码: number, 价税合计: '186.00' })
    await first.device.clock.pass(1000)
    first.close()
    open.length = 0
    const second = await opened(AddPage, '/add', { device: first.device })
    expect((field(second.page, '发票号码').element as HTMLInputElement).value).toBe('2600 2000 0000 0000 4821')
    expect(second.page.text()).toContain('上次没存的内容还在')
    await control(second.page, '清空').trigger('click')
    await second.rest()
    expect((await second.device.wallet.settings()).entryForm).toBeNull()
  })

  it('fills in what an entry lacks', async () => {
    const app = await opened(AddPage, '/add')
    const [captured] = await captureText(app.device, payload(7, { amount: '' }).text, 'camera')
    const second = await opened(AddPage, `/add?complete=${captured?.entryId}`, { device: app.device })
    await type(second, { 价税合计: '99.50' })
    await submit(second)
    const [view] = await entries(second)
    expect(view?.entry.invoice.amount).toBe(9950)
    expect(view?.status.is).toBe('waiting')
  })

  it('is honest about what happens next', async () => {
    const app = await opened(AddPage, '/add')
    expect(app.page.text()).toContain('存下，等待查验')
    await app.device.channels.probe()
    await app.rest()
    expect(app.page.text()).toContain('存下并查验')
  })
})

describe('pasting', () => {
  it('takes every line that is an invoice and leaves the others standing', async () => {
    const app = await opened(AddPage, '/add?way=paste')
    await app.page.get('textarea').setValue(`${payload(1).text}\n买牛奶\n${payload(2).text}`)
    await submit(app)
    expect(await entries(app)).toHaveLength(2)
    expect((app.page.get('textarea').element as HTMLTextAreaElement).value).toBe('买牛奶')
    expect(app.page.text()).toContain('收下 2 张，还有 1 行没有认出，留在上面')
  })

  it('takes a long list in a few commits and follows it with one query, and shows the newest cards', async () => {
    const device = await makeDevice()
    let writes = 0
    const write = ((work) => (writes++, device.wallet.write(work))) as typeof device.wallet.write
    let queries = 0
    const watch = ((read) => (queries++, device.wallet.watch(read))) as typeof device.wallet.watch
    const app = await opened(AddPage, '/add?way=paste', { device: { ...device, wallet: { ...device.wallet, write, watch } } })
    const lines = Array.from({ length: 70 }, (_, at) => payload(at + 1).text)
    await app.page.get('textarea').setValue([...lines.slice(0, 50), '买牛奶', ...lines.slice(50)].join('\n'))
    await submit(app)
    await vi.waitFor(() => expect(app.page.text()).toContain('收下 70 张，还有 1 行没有认出，留在上面'), 10_000)
    expect(writes).toBe(3)
    expect(queries).toBe(1)
    await vi.waitFor(() => expect(app.page.findAll('.ticket')).toHaveLength(50), 10_000)
    await control(app.page, '再显示 20 张').trigger('click')
    expect(app.page.findAll('.ticket')).toHaveLength(70)
  })

  it.each([
    ['in a message', (receipt: string) => `您的查验回执\n${receipt}`, null],
    ['as an address', (receipt: string) => `https://piaozai.example/R#${receipt}`, null],
    ['among other things, where it stays', (receipt: string) => `${payload(1).text}\n${receipt}\n买牛奶`, '买牛奶'],
  ])('takes a receipt to its own page %s', async (_where, text, stays) => {
    const receipt = `FPR1${'A'.repeat(156)}`
    const app = await opened(AddPage, '/add?way=paste')
    await app.page.get('textarea').setValue(text(receipt))
    await submit(app)
    const { fullPath } = app.router.currentRoute.value
    expect(fullPath).toBe(stays === null ? `/R#${receipt}` : '/add?way=paste')
    if (stays !== null) expect((app.page.get('textarea').element as HTMLTextAreaElement).value).toBe(`${receipt}\n${stays}`)
  })

  it('says what it needs when there is no invoice in it', async () => {
    const app = await opened(AddPage, '/add?way=paste')
    await app.page.get('textarea').setValue('买牛奶')
    await submit(app)
    expect(app.page.text()).toContain('这些文字里没有认出发票')
    expect((app.page.get('textarea').element as HTMLTextAreaElement).value).toBe('买牛奶')
  })
})

/** A worker on a full device. */
function fullKeeper(): KeeperWorker {
  const worker: KeeperWorker = {
    onmessage: null,
    onerror: null,
    postMessage(request) {
      const bytes = new ArrayBuffer(1)
      const value = request.is === 'open' ? { bytes, sha256: 'ab' } : { is: 'not', fault: 'full', files: [] }
      void Promise.resolve().then(() => worker.onmessage?.({ data: { id: request.id, value } }))
    },
    terminate() {},
  }
  return worker
}

describe('pictures', () => {
  const picture = (name: string) => new File([new Uint8Array([1, 2, 3, name.length])], name, { type: 'image/png' })
  async function choose(app: DeviceApp, files: File[]): Promise<void> {
    const input = app.page.get('input[type=file]')
    Object.defineProperty(input.element, 'files', { value: files, configurable: true })
    await input.trigger('change')
    await app.rest()
  }

  it('takes several at once and keeps each picture with its invoice', async () => {
    let count = 0
    const pictures = {
      frame: async () => ({ ok: true, codes: [] }) as const,
      picture: async () => ({ ok: true, codes: [{ text: payload((count += 1)).text, corners: [] }] }) as const,
      close() {},
    }
    const app = await opened(AddPage, '/add?way=picture', { change: { pictures } })
    await choose(app, [picture('a.png'), picture('ab.png')])
    await vi.waitFor(async () => expect(await entries(app)).toHaveLength(2), 10_000)
    const kept = await entries(app)
    expect(kept).toHaveLength(2)
    const sha256 = kept[0]?.entry.captures[0]?.original
    expect(await app.device.wallet.original(sha256 ?? '')).toMatchObject({ name: 'ab.png' })
    expect((await app.device.wallet.files()).files).toEqual([])
  })

  it('keeps the invoice of a picture that there is no room for', async () => {
    const pictures = {
      frame: async () => ({ ok: true, codes: [] }) as const,
      picture: async () => ({ ok: true, codes: [{ text: payload(1).text, corners: [] }] }) as const,
      close() {},
    }
    const app = await opened(AddPage, '/add?way=picture', { change: { pictures, startKeeper: fullKeeper } })
    await choose(app, [picture('a.png')])
    await vi.waitFor(async () => expect(await entries(app)).toHaveLength(1), 10_000)
    expect((await entries(app))[0]?.entry.captures).toMatchObject([{ way: 'picture', original: null }])
  })

  it('says what to do about one without a code, and about what is none', async () => {
    const pictures = {
      frame: async () => ({ ok: true, codes: [] }) as const,
      picture: async () => ({ ok: true, codes: [] }) as const,
      close() {},
    }
    const app = await opened(AddPage, '/add?way=picture', { change: { pictures } })
    await choose(app, [picture('猫.png')])
    expect(app.page.text()).toContain('〈猫.png〉里没有找到发票二维码')
    await choose(app, [new File(['x'], '发票.pdf', { type: 'application/pdf' })])
    expect(app.page.text()).toContain('〈发票.pdf〉不是图片，请点“文件”收它')
  })

  it('leaves the other ways when no reader can be started', async () => {
    const app = await opened(AddPage, '/add?way=picture')
    await choose(app, [picture('a.png')])
    expect(app.page.text()).toContain('读图的部分没有启动')
    expect(control(app.page, '手工录入').exists()).toBe(true)
  })
})
