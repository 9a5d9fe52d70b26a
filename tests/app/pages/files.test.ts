import { afterEach, describe, expect, it, vi } from 'vitest'
import { h, watch } from 'vue'
import OriginalFiles from '../../../src/app/components/OriginalFiles.vue'
import AddPage from '../../../src/app/pages/AddPage.vue'
import OutboxPage from '../../../src/app/pages/OutboxPage.vue'
import { watchFileWays } from '../../../src/app/start/file-ways.ts'
import { useFileIntake } from '../../../src/app/stores/file-intake.ts'
import { useToast } from '../../../src/app/stores/toast.ts'
import { keepFile, putAside, type FileReader } from '../../../src/capture/index.ts'
import { WalletError } from '../../../src/wallet/index.ts'
import { makeDevice } from '../../fixtures/device.ts'
import { fileReader } from '../../fixtures/file-reader.ts'
import { makeOfd } from '../../fixtures/ofd/index.ts'
import { digitalXml, eInvoiceXml, madeInvoice } from '../../fixtures/xml/index.ts'
import { control, field, openOnDevice, type DeviceApp } from '../support/device-app.ts'

const open: DeviceApp[] = []
const opened = async (...args: Parameters<typeof openOnDevice>) => {
  const app = await openOnDevice(...args)
  open.push(app)
  return app
}
afterEach(() => open.splice(0).forEach((app) => app.close()))

const made = (seed: number) => madeInvoice('digital-ordinary', { seed })
const ofdOf = (seed: number) => makeOfd({ attachment: { name: 'original_invoice.xml', xml: eInvoiceXml(made(seed)) } })
const xml = (seed: number, name = `${seed}.xml`) => new File([digitalXml(made(seed))], name, { type: 'text/xml' })
const ofd = (seed: number) => new File([ofdOf(seed)], `${seed}.ofd`)
const broken = (name = '坏.ofd') => new File([ofdOf(9).slice(0, 700)], name)

async function choose(app: DeviceApp, files: File[]): Promise<void> {
  const input = app.page.get('input[type=file]')
  Object.defineProperty(input.element, 'files', { value: files, configurable: true })
  await input.trigger('change')
  await done(app)
}
const done = (app: DeviceApp) =>
  vi.waitFor(async () => {
    await app.rest()
    expect(useFileIntake().progress).toBeNull()
  }, 10_000)
const count = async (app: DeviceApp) => (await app.device.wallet.list()).entries.length

describe('files', () => {
  it('come in many at once; the summary says what came of them and why', async () => {
    const app = await opened(AddPage, '/add?way=file')
    await choose(app, [ofd(1), xml(2), xml(2, 'copy.xml'), xml(1), broken(), new File([], '空.pdf')])
    expect(await count(app)).toBe(2)
    const text = app.page.text()
    expect(text).toContain('收下 2 张 · 1 张票夹里已有 · 1 个文件重复 · 1 个文件要看一眼 · 1 个没有存')
    expect(text).toContain('copy.xml和〈2.xml〉是同一个文件')
    expect(text).toMatch(/坏\.ofd.*坏了，或者没有下载完整/)
    expect(text).toMatch(/空\.pdf.*是空的，没有存/)
    expect(app.calls).toContain('drain')
    app.device.clock.jump(1000)
    await choose(app, [xml(2, 'later.xml')])
    expect(app.page.text()).toContain('later.xml票夹里已有，并到一起，同一个文件以前收过')
    expect(await count(app)).toBe(2)
  })

  it('show how far they are without a gap between keeping and reading', async () => {
    const app = await opened(AddPage, '/add?way=file')
    const shown: (string | undefined)[] = []
    const end = watch(
      () => useFileIntake().progress?.doing,
      (doing) => shown.push(doing),
      { flush: 'sync' },
    )
    await choose(app, [xml(1), xml(2)])
    end()
    expect(shown).toEqual(['keeping', 'reading', undefined])
  })

  it('show how far they are, and can be stopped: the rest waits under 要看一眼 and is read when asked for', async () => {
    let go = () => {}
    const held: FileReader = {
      ...fileReader(),
      read: async (bytes, name, signal) => {
        await new Promise<void>((resolve, reject) => {
          go = resolve
          signal?.addEventListener('abort', () => reject(new Error('stopped')))
        })
        return fileReader().read(bytes, name, signal)
      },
    }
    const app = await opened(AddPage, '/add?way=file', { change: { files: held } })
    const input = app.page.get('input[type=file]')
    Object.defineProperty(input.element, 'files', { value: [xml(1), xml(2), xml(3)], configurable: true })
    await input.trigger('change')
    await vi.waitFor(async () => {
      await app.rest()
      expect(app.page.text()).toContain('正在读第 1 个，共 3 个')
    }, 10_000)
    go()
    await vi.waitFor(async () => {
      await app.rest()
      expect(app.page.text()).toContain('正在读第 2 个，共 3 个')
    }, 10_000)
    await control(app.page, '停下').trigger('click')
    await done(app)
    expect(await count(app)).toBe(1)
    expect((await app.device.wallet.files()).files).toHaveLength(2)
    expect(app.page.text()).toContain('停下时还没有读')
    const [left] = (await app.device.wallet.files()).files
    await control(app.page, `再读一次：${left?.name}`).trigger('click')
    await app.rest()
    go()
    await done(app)
    expect(await count(app)).toBe(2)
  })

  it('that were not kept when the person stopped are named, and those that were are there to be read on', async () => {
    const app = await opened(AddPage, '/add?way=file')
    let go = () => {}
    const slow = xml(2)
    slow.arrayBuffer = async () => {
      await new Promise<void>((resolve) => (go = resolve))
      return xml(2).arrayBuffer()
    }
    const input = app.page.get('input[type=file]')
    Object.defineProperty(input.element, 'files', { value: [xml(1), slow, xml(3)], configurable: true })
    await input.trigger('change')
    await vi.waitFor(async () => {
      await app.rest()
      expect(app.page.text()).toContain('正在存第 2 个，共 3 个')
    }, 10_000)
    await control(app.page, '停下').trigger('click')
    go()
    await done(app)
    expect(app.page.text()).toMatch(/1 个没有存.*3\.xml停下了，没有存/)
    expect((await app.device.wallet.files()).files.map(({ name, state }) => [name, state.is])).toEqual([
      ['1.xml', 'look'],
      ['2.xml', 'look'],
    ])
    await control(app.page, '接着读停下的 2 个').trigger('click')
    await done(app)
    expect(await count(app)).toBe(2)
  })

  it('that a person stopped are read on in one tap, and those of a visit are taken back in one, and brought back', async () => {
    const device = await makeDevice()
    for (const seed of [1, 2, 3]) await keepFile(device, { name: `${seed}.ofd`, type: '', bytes: ofdOf(seed).slice().buffer })
    await putAside({ ...device, version: '0.0.0-test' })
    const app = await opened(AddPage, '/add?way=file', { device })
    await control(app.page, '接着读停下的 3 个').trigger('click')
    await done(app)
    expect(await count(app)).toBe(3)
    await control(app.page, '撤销这次收下的 3 张').trigger('click')
    await vi.waitFor(async () => expect(await count(app)).toBe(0), 10_000)
    await app.rest()
    expect(app.page.text()).not.toContain('收下 3 张')
    expect(useToast().current?.text).toBe('3 张已从票夹移除')
    useToast().current?.action?.run()
    await vi.waitFor(async () => expect(await count(app)).toBe(3), 10_000)
    await app.rest()
    expect(app.page.text()).toContain('收下 3 张')
  })

  it('stay as they are when undoing cannot be written, and that is told', async () => {
    const device = await makeDevice()
    for (const seed of [1, 2]) await keepFile(device, { name: `${seed}.ofd`, type: '', bytes: ofdOf(seed).slice().buffer })
    const app = await opened(AddPage, '/add?way=file', { device })
    await done(app)
    const write = vi.spyOn(device.wallet, 'write').mockRejectedValue(new WalletError('unavailable'))
    await control(app.page, '撤销这次收下的 2 张').trigger('click')
    await vi.waitFor(() => expect(useToast().current?.text).toBe('没有全部改成，请看看票夹'), 10_000)
    expect(app.page.text()).toContain('收下 2 张')
    write.mockRestore()
    expect(await count(app)).toBe(2)
  })

  it('that were kept before the app was closed are read when it is opened', async () => {
    const device = await makeDevice()
    await keepFile(device, { name: '1.ofd', type: '', bytes: ofdOf(1).slice().buffer })
    const app = await opened(AddPage, '/add?way=file', { device })
    await done(app)
    expect(await count(app)).toBe(1)
    expect(app.page.text()).toContain('收下 1 张')
  })

  it('that were shared and could not be kept are told', async () => {
    const app = await opened(AddPage, '/add?way=file&shared=lost')
    expect(app.page.text()).toContain('分享来的文件没有存下')
  })

  it('that cannot be read wait in 待办 and are filled in by hand', async () => {
    const app = await opened(AddPage, '/add?way=file')
    await choose(app, [broken()])
    const [file] = (await app.device.wallet.files()).files
    const todo = await opened(OutboxPage, '/outbox', { device: app.device })
    expect(todo.page.text()).toMatch(/要看一眼.*坏\.ofd.*坏了，或者没有下载完整/)
    expect(control(todo.page, '补填：坏.ofd').attributes('href')).toBe(`/add?file=${file?.sha256}`)

    // The name needs no look at the bytes: they may be 60 MB.
    const looked = vi.spyOn(app.device.wallet, 'original')
    const fill = await opened(AddPage, `/add?file=${file?.sha256}`, { device: app.device })
    expect(looked).not.toHaveBeenCalled()
    expect(fill.page.text()).toContain('照着〈坏.ofd〉填')
    for (const [label, text] of Object.entries({ 发票号码: '26002000000000004821', 开票日期: '20261109', 价税合计: '186' })) {
      await field(fill.page, label).setValue(text)
      await field(fill.page, label).trigger('blur')
    }
    await fill.page.get('form').trigger('submit')
    await fill.rest()
    const [view] = (await app.device.wallet.list()).entries
    expect(view?.entry.captures).toMatchObject([{ way: 'typed', original: file?.sha256 }])
    expect((await app.device.wallet.files()).files).toEqual([])
  })

  it('can be given up', async () => {
    const app = await opened(AddPage, '/add?way=file')
    await choose(app, [broken()])
    await control(app.page, '移除：坏.ofd').trigger('click')
    await app.rest()
    expect((await app.device.wallet.files()).files).toEqual([])
    expect(app.page.text()).not.toContain('文件都存着')
  })

  it('are given back as they came', async () => {
    const app = await opened(AddPage, '/add?way=file')
    await choose(app, [broken()])
    await control(app.page, '取出原件：坏.ofd').trigger('click')
    await app.rest()
    expect(app.calls).toContain('hand out 坏.ofd 700')
  })

  it('are listed with their invoice: name, format, size', async () => {
    const device = await makeDevice()
    const { sha256 } = await keepFile(device, { name: '1.ofd', type: '', bytes: ofdOf(1).slice().buffer })
    const original = { sha256, name: '1.ofd', type: '', size: 12_345 }
    const app = await opened({ render: () => h(OriginalFiles, { originals: [original] }) }, '/invoices', { device })
    expect(app.page.text()).toMatch(/原件.*1\.ofd.*OFD · 12 kB/)
    await control(app.page, '取出原件：1.ofd').trigger('click')
    await app.rest()
    expect(app.calls).toEqual([`hand out 1.ofd ${ofdOf(1).byteLength}`])
  })
})

describe('the ways without a button', () => {
  const doc = () => document.implementation.createHTMLDocument('')
  function watched() {
    const taken: string[][] = []
    let consumer: ((launch: { files?: { getFile(): Promise<File> }[] }) => void) | undefined
    const page = doc()
    const scope = { document: page, launchQueue: { setConsumer: (take: typeof consumer) => (consumer = take) } }
    watchFileWays(scope as unknown as Window, (files) => taken.push(files.map(({ name }) => name)))
    return { taken, page, launch: (files: { getFile(): Promise<File> }[]) => consumer?.({ files }) }
  }
  const event = (type: string, extra: object) => Object.assign(new Event(type, { cancelable: true, bubbles: true }), extra)

  it('take dropped files, and say while they hover that letting go takes them', () => {
    const { taken, page } = watched()
    const over = event('dragover', { dataTransfer: { types: ['Files'] } })
    page.dispatchEvent(over)
    expect(over.defaultPrevented).toBe(true)
    expect(page.documentElement.dataset['drop']).toBe('')
    page.dispatchEvent(event('drop', { dataTransfer: { types: ['Files'], files: [xml(1), ofd(2)] } }))
    expect(taken).toEqual([['1.xml', '2.ofd']])
    expect(page.documentElement.dataset['drop']).toBeUndefined()
  })

  it('leave dropped and pasted text to the page', () => {
    const { taken, page } = watched()
    const drop = event('drop', { dataTransfer: { types: ['text/plain'], files: [] } })
    const paste = event('paste', { clipboardData: { files: [] } })
    page.dispatchEvent(drop)
    page.dispatchEvent(paste)
    expect([drop.defaultPrevented, paste.defaultPrevented, taken]).toEqual([false, false, []])
  })

  it('take pasted files', () => {
    const { taken, page } = watched()
    page.dispatchEvent(event('paste', { clipboardData: { files: [xml(1)] } }))
    expect(taken).toEqual([['1.xml']])
  })

  it('take files that were opened with the app; one that is gone by now does not keep the others out', async () => {
    const { taken, launch } = watched()
    launch([{ getFile: async () => ofd(1) }, { getFile: () => Promise.reject(new Error('gone')) }, { getFile: async () => xml(2) }])
    await vi.waitFor(() => expect(taken).toEqual([['1.ofd', '2.xml']]))
  })
})
