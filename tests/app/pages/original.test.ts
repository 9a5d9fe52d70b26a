import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import OriginalPage from '../../../src/app/pages/OriginalPage.vue'
import { depsKey } from '../../../src/app/deps.ts'
import { viewerKey, type PdfFault, type PdfFile, type Viewer } from '../../../src/app/original/viewer.ts'
import type { Opened } from '../../../src/capture/index.ts'
import type { Original } from '../../../src/wallet/index.ts'
import { depsOf, walletOf } from '../support/app.ts'
import { control } from '../support/device-app.ts'
import { detailOf, invoiceOf, viewOf } from '../support/samples.ts'

const sha256 = 'a'.repeat(64)
const file: Original = { sha256, name: '票.ofd', type: '', bytes: new ArrayBuffer(3) }
const pages: VueWrapper[] = []
afterEach(() => pages.splice(0).forEach((page) => page.unmount()))

/** The page of an original. `shown` is what the reader says of its looks; an error is one it throws, null that it never ends. */
async function look(
  shown: Opened | Error | null,
  {
    original = file as Original | null | Error,
    number = '25002000000000004821' as string | null,
    pdf = 'damaged' as PdfFile | PdfFault,
    entry = 'here' as 'here' | 'failed',
  } = {},
) {
  const calls: string[] = []
  const signals: AbortSignal[] = []
  const view = viewOf('e', { number })
  const wallet = {
    ...walletOf({
      views: [],
      detail: detailOf(view, { originals: [{ sha256, name: '票.ofd', type: '', size: 3 }] }),
      calls,
    }),
    ...(entry === 'failed' && { entry: () => Promise.reject(new Error('closed')) }),
    original: async () => {
      if (original instanceof Error) throw original
      return original
    },
  }
  const viewer: Viewer = {
    show(_bytes, _wanted, signal) {
      signals.push(signal)
      if (shown === null) return new Promise(() => {})
      return shown instanceof Error ? Promise.reject(shown) : Promise.resolve(shown)
    },
    openPdf: async () => pdf,
    fonts: null,
    print: () => void calls.push('print'),
  }
  const deps = depsOf(
    { views: [], calls },
    { wallet, handOut: async ({ name, bytes }) => Boolean(calls.push(`hand out ${name} ${bytes.byteLength}`)) },
  )
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/invoices/:id/originals/:sha256', component: OriginalPage },
      { path: '/:rest(.*)*', component: { template: '<i />' } },
    ],
  })
  await router.push(`/invoices/e/originals/${sha256}`)
  const page = mount(RouterView, {
    attachTo: document.body,
    global: { plugins: [createPinia(), router], provide: { [depsKey as symbol]: deps, [viewerKey as symbol]: viewer } },
  })
  pages.push(page)
  await vi.waitFor(async () => {
    await flushPromises()
    expect(page.find('.original-wait i').exists()).toBe(shown === null && original !== null)
  }, 15_000)
  return { page, router, calls, signals, note: () => page.find('.original-note').text() }
}

const refused = (code: string): Opened => ({ is: 'refused', problem: { code, message: '' } })
const ink = { colour: '#000', alpha: 1 }
const drawn = (problems: readonly string[] = []): Opened => ({
  is: 'drawn',
  drawing: {
    pages: [{ width: 210, height: 140, nodes: [{ is: 'path', matrix: null, d: 'M0 0L9 9Z', fill: ink, evenOdd: false, stroke: null }] }],
    pictures: [],
    faces: [],
  },
  problems: problems.map((code) => ({ code, message: '' })),
})

describe('an original', () => {
  it('while it is being opened says so, and gives it up when one leaves', async () => {
    const { page, router, signals } = await look(null)
    expect(page.get('[role=status]').text()).toBe('正在打开原件')
    expect(control(page, '打印').attributes('disabled')).toBeDefined()
    expect(signals[0]?.aborted).toBe(false)
    await router.push('/')
    expect(signals[0]?.aborted).toBe(true)
  })

  it('is drawn, and says that looks prove nothing', async () => {
    const { page } = await look(drawn())
    expect(page.find('svg.sheet-svg path').attributes('d')).toBe('M0 0L9 9Z')
    expect(page.text()).toContain('这里只照原样画出。章和签名验过没有')
    expect(page.find('.original-note').exists()).toBe(false)
  })

  it('of which a part cannot be drawn says so; what only was not found looks the same', async () => {
    expect((await look(drawn(['picture-damaged']))).note()).toContain('有的内容画不出来，和原件不完全一样')
    expect((await look(drawn(['part-missing']))).page.find('.original-note').exists()).toBe(false)
  })

  it('that is data only is set in the standard layout, and called that', async () => {
    const form = { invoice: invoiceOf(), amountInWords: null, drawer: null, payee: null, reviewer: null }
    const { page, note } = await look({ is: 'form', forms: [form] })
    expect(note()).toBe('这个文件只有数据，没有版面。下面按发票的样式排出')
    expect(page.text()).toContain('电子发票（普通发票）')
  })

  it.each<[what: string, shown: Opened | Error, why: string, more?: Parameters<typeof look>[1]]>([
    ['with a password', refused('file-encrypted'), '文件加了密码，打不开'],
    ['a bomb', refused('package-bomb'), '里面的内容大得不正常，没有画'],
    ['of another kind', refused('format-unknown'), '这种文件画不出来'],
    ['in pieces', refused('xml-damaged'), '文件坏了，画不出来'],
    ['that takes too long by its own word', refused('deadline'), '画得太久，停下了'],
    ['whose reader was stopped', { is: 'late' }, '画得太久，停下了'],
    ['without a reader', { is: 'no-reader' }, '看原件的部分没有启动，连上网再打开一次试试'],
    ['that is an archive', { is: 'archive' }, '这是压缩包，里面的票要取出来看'],
    ['at which the reader throws', new Error('!'), '文件坏了，画不出来'],
    ['a PDF with a password', { is: 'pdf', bytes: new Uint8Array() }, '文件加了密码，打不开', { pdf: 'encrypted' }],
    ['whose bytes were lost', drawn(), '内容没有存好，请再收一次', { original: null }],
    ['that the wallet cannot read', drawn(), '内容没有存好，请再收一次', { original: new Error('closed') }],
  ])('%s says why, and what was read stands in its place', async (_what, shown, why, more) => {
    const { page, note } = await look(shown, more)
    expect(note()).toBe(`${why}。下面按读到的内容排出，不是原件的样子`)
    expect(page.text()).toContain('25002000000000004821')
  })

  it('of which nothing was read leaves its file, which can be taken out', async () => {
    const { page, calls, note } = await look(refused('xml-damaged'), { number: null })
    expect(note()).toBe('文件坏了，画不出来。文件还在，可以取出')
    for (const name of ['放大', '缩小', '打印']) expect(control(page, name).attributes('disabled')).toBeDefined()
    await control(page, '取出原件：票.ofd').trigger('click')
    await flushPromises()
    expect(calls).toEqual(['hand out 票.ofd 3'])
  })

  it('is shown although its invoice cannot be read', async () => {
    expect((await look(drawn(), { entry: 'failed' })).page.find('svg.sheet-svg').exists()).toBe(true)
  })

  it('a picture that the browser cannot decode is damaged', async () => {
    const { page, note } = await look({ is: 'picture', type: 'image/png', bytes: new Uint8Array([1]) })
    await page.get('img').trigger('error')
    expect(note()).toContain('文件坏了，画不出来')
  })

  it('gives a PDF back when one leaves', async () => {
    let closed = 0
    const pdf: PdfFile = { pages: [], draw: async () => {}, close: () => (closed += 1) }
    const { router } = await look({ is: 'pdf', bytes: new Uint8Array() }, { pdf })
    expect(closed).toBe(0)
    await router.push('/')
    expect(closed).toBe(1)
  })

  it('is printed when there is something to print', async () => {
    const { page, calls } = await look(drawn())
    await control(page, '打印').trigger('click')
    await flushPromises()
    expect(calls).toEqual(['print'])
  })
})
