import { afterEach, describe, expect, it, vi } from 'vitest'
import ReceiptPage from '../../../src/app/pages/ReceiptPage.vue'
import type { AppDeps } from '../../../src/app/deps.ts'
import type { KeyList, KnownKeys } from '../../../src/authenticity/index.ts'
import { captureText } from '../../../src/capture/index.ts'
import { watchable } from '../../../src/domain/index.ts'
import { makeDevice } from '../../fixtures/device.ts'
import { listOf, makeKey, receiptOf } from '../../fixtures/receipts.ts'
import { control, field, openOnDevice, type DeviceApp } from '../support/device-app.ts'

const [own, stranger] = await Promise.all([makeKey(1), makeKey(2)])
const receipt = receiptOf(own)
const open: DeviceApp[] = []
afterEach(() => {
  open.splice(0).forEach((app) => app.close())
  vi.unstubAllGlobals()
})

const keysOf = (list: KeyList): KnownKeys => ({ gateway: '示例网关', list })

/** The page at `/R` with a fragment. `fetched` is what the gateway sends when it is asked; null: it does not reply. */
async function read(
  hash: string,
  {
    known = [keysOf(listOf([own.key]))],
    fetched = null,
    device,
    change = {},
    waits = true,
  }: {
    known?: readonly KnownKeys[]
    fetched?: readonly KnownKeys[] | null
    device?: DeviceApp['device']
    change?: Partial<AppDeps>
    waits?: boolean
  } = {},
) {
  const asked: string[] = []
  let keys = known
  const receiptKeys = {
    known: async () => keys,
    fetch: async () => {
      asked.push('keys')
      if (fetched !== null) keys = fetched
      return fetched !== null
    },
  }
  const app = await openOnDevice(ReceiptPage, `/R${hash === '' ? '' : `#${hash}`}`, {
    change: { receiptKeys, ...change },
    ...(device && { device }),
  })
  open.push(app)
  const text = () => app.page.text()
  /** Waits until the page has nothing more to find out: signatures are checked beside the page's own thread. */
  const rest = () =>
    vi.waitFor(async () => {
      await app.rest()
      expect(app.page.find('.receipt-bones').exists()).toBe(false)
      expect(app.page.find('.slip').exists()).toBe(app.page.find('.match').exists())
    }, 15_000)
  if (waits) await rest()
  return { app, asked, text, rest }
}

/** One character of the receipt turned into another of its alphabet. */
function flipped(at: number): string {
  const other = receipt[at] === 'A' ? 'B' : 'A'
  return receipt.slice(0, at) + other + receipt.slice(at + 1)
}

describe('a receipt that holds', () => {
  it('says who answered what, when, about which invoice, what it is not, and that nobody was asked', async () => {
    const { app, asked, text } = await read(receipt)
    expect(app.page.get('.slip-title').text()).toBe('税务查验一致')
    expect(app.page.get('.slip-title').classes()).toContain('tone-green')
    expect(text()).toContain('网关〈示例网关〉于2025年6月6日 14:05 就这张发票问过税务查验，答复：一致（数据截至当天 12:00）')
    expect(text()).toContain('的答复')
    expect(text()).toContain('不是税务凭证，也不代表发票现在有效')
    expect(text()).toMatch(/价税合计¥386\.00开票日期2025年6月5日发票号码2500 2000 0000 0000 3907/)
    expect(text()).toContain('以上各项由提问的人填写')
    expect(text()).toMatch(/回执编号[0-9A-Z]{5}-[0-9A-Z]{5}/)
    expect(text()).toContain('已在这台设备上核对：回执没有被改过，没有联网')
    expect(asked).toEqual([])
    expect(app.device.gateway.requests).toEqual([])
  })

  it('shows its QR black on white with a quiet zone of four, and a name for those who do not see it', async () => {
    const { app } = await read(receipt)
    const qr = app.page.get('.qr')
    expect(qr.attributes('viewBox')).toMatch(/^-4 -4 (\d+) \1$/)
    expect(qr.attributes('role')).toBe('img')
    expect(qr.attributes('aria-label')).toMatch(/^回执 [0-9A-Z-]{11} 的二维码$/)
    expect(qr.findAll('path')).toHaveLength(1)
  })

  it('can be handed on as its address', async () => {
    const copied: string[] = []
    const { app } = await read(receipt, { change: { copy: async (text) => Boolean(copied.push(text)) } })
    await control(app.page, '分享回执').trigger('click')
    expect(copied[0]).toMatch(new RegExp(`^查验回执 [0-9A-Z-]{11}：税务查验一致。打开网址核对：${location.origin}/R#${receipt}$`))
  })

  it('of a registry it is ink, and says that no tax source was asked', async () => {
    const { app, text } = await read(receiptOf(own, { class: 'registry' }))
    expect(app.page.get('.slip-title').classes()).toContain('tone-ink')
    expect(text()).toContain('未经税务来源查验')
    expect(app.page.html()).not.toContain('tone-green')
  })

  it('as a queue ticket it is no result', async () => {
    const { app, text } = await read(receiptOf(own, { status: 'ticket', class: null }))
    expect(app.page.get('.slip-title').text()).toBe('排队凭据，还没有结果')
    expect(text()).toContain('不是查验结果，也不是税务凭证')
    expect(app.page.html()).not.toContain('tone-green')
  })

  it('without date and amount it says that they are not stated', async () => {
    const { text } = await read(receiptOf(own, { issuedOn: null, amount: null }))
    expect(text()).toMatch(/价税合计没有写明开票日期没有写明/)
  })
})

describe('beside the invoice at hand', () => {
  const qr = (amount: string, date = '20250605') => `01,32,,25002000000000003907,${amount},${date},,`

  it('every element that is the same, and the way to it', async () => {
    const device = await makeDevice()
    const [captured] = await captureText(device, qr('386.00'), 'paste')
    const { app, text } = await read(receipt, { device })
    expect(text()).toMatch(/和票夹里的这张比能比的各项都相同价税合计相同开票日期相同发票号码相同/)
    expect(control(app.page, '看这张发票').attributes('href')).toBe(`/invoices/${captured?.entryId}`)
  })

  it('what differs, with the value in the wallet, in amber', async () => {
    const device = await makeDevice()
    await captureText(device, qr('368.00'), 'paste')
    const { app, text } = await read(receipt, { device })
    expect(text()).toContain('有一项不同，这张回执说的可能不是它')
    expect(text()).toMatch(/价税合计票夹里是 ¥ 368\.00不同/)
    expect(app.page.get('.match-all strong').classes()).toContain('tone-amber')
  })

  it('what cannot be compared', async () => {
    const device = await makeDevice()
    await captureText(device, qr(''), 'paste')
    expect((await read(receipt, { device })).text()).toMatch(/能比的各项都相同价税合计无法比对开票日期相同/)
  })

  it('that it is not there, and that the paper is', async () => {
    expect((await read(receipt)).text()).toContain('票夹里没有这张发票，请拿手上的票面和上面逐项核对')
  })

  it('one that comes later is found by itself', async () => {
    const { app, text, rest } = await read(receipt)
    await captureText(app.device, qr('386.00'), 'paste')
    await vi.waitFor(async () => {
      await rest()
      expect(text()).toContain('和票夹里的这张比')
    }, 15_000)
  })
})

describe('a receipt that does not hold', () => {
  it.each([6, 40, 80, 120, 158])('with the character %i changed reads 签名不符 and shows nothing of what it claims', async (at) => {
    const { app, text } = await read(flipped(at), { known: [keysOf(listOf([own.key]))] })
    // A change in the key's own name makes it another gateway's.
    expect(text()).toMatch(at < 12 ? /无法核对/ : /签名不符/)
    expect(text()).not.toMatch(/386|3907|一致/)
    if (at >= 12) expect(app.page.get('.doubt-title').classes()).toContain('tone-red')
  })

  it.each([
    ['a key that is not at hand', receiptOf(stranger), undefined, '联网打开那个网关一次'],
    ['a form to come', receipt.replace('FPR1', 'FPR2'), undefined, '换上新版本再核对'],
    ['a key of another time', receipt, { from: Date.parse('2026-01-01T00:00:00Z') }, '不在使用期内'],
    ['a revoked key', receipt, { revoked: true }, '已被网关撤销'],
  ])('%s reads 无法核对 with what helps, in grey, and never invalid', async (_what, text, change, help) => {
    const page = await read(text, { known: [keysOf(listOf([{ ...own.key, ...change }]))] })
    expect(page.app.page.get('.doubt-title').text()).toBe('无法核对')
    expect(page.app.page.get('.doubt-title').classes()).toContain('tone-grey')
    expect(page.text()).toContain(help)
    expect(page.text()).toContain('不能据此判断回执的真假')
    expect(page.text()).not.toMatch(/无效|签名不符|一致/)
  })

  it('what is no receipt, or not all of it, stays to be put right', async () => {
    const { app, text, rest } = await read(receipt.slice(0, 100))
    expect(text()).toContain('这不是回执，或者没有抄全')
    const input = field(app.page, '回执或它的网址')
    expect((input.element as HTMLTextAreaElement).value).toBe(receipt.slice(0, 100))
    await input.setValue(receipt)
    await app.page.get('form').trigger('submit')
    await rest()
    expect(app.page.get('.slip-title').text()).toBe('税务查验一致')
  })

  it('where the browser cannot compute, it says so', async () => {
    const keys = { known: () => Promise.reject(new Error('no database')), fetch: async () => false }
    expect((await read(receipt, { change: { receiptKeys: keys } })).text()).toContain('没能核对')
  })
})

describe('a key that is not at hand', () => {
  it('is fetched once, and the receipt then says that', async () => {
    const { asked, text } = await read(receipt, { known: [], fetched: [keysOf(listOf([own.key]))] })
    expect(text()).toContain('税务查验一致')
    expect(text()).toContain('公钥刚从网关取来')
    expect(asked).toEqual(['keys'])
  })

  it('is fetched on a tap, and by itself when the gateway can be reached again', async () => {
    const down = { is: 'device-offline', captured: false, since: 0, asOf: 0, report: null } as const
    const state = watchable<Parameters<typeof channelsOf>[0]>(down)
    const { asked, text, rest } = await read(receipt, {
      known: [],
      fetched: [keysOf(listOf([own.key]))],
      change: { channels: channelsOf(down, state) },
    })
    expect(text()).toContain('无法核对')
    expect(asked).toEqual([])
    state.set({ ...down, is: 'up' })
    await rest()
    expect(text()).toContain('税务查验一致')
    expect(asked).toEqual(['keys'])
  })

  it('asked for in vain, it can be asked for again', async () => {
    const { app, asked, text, rest } = await read(receiptOf(stranger))
    expect(asked).toEqual(['keys'])
    await control(app.page, '再试一次').trigger('click')
    await rest()
    expect(asked).toEqual(['keys', 'keys'])
    expect(text()).toContain('无法核对')
  })

  it('while it is fetched, that is what is said', async () => {
    const keys = { known: async () => [], fetch: () => new Promise<boolean>(() => {}) }
    const { app, text } = await read(receipt, { change: { receiptKeys: keys }, waits: false })
    await vi.waitFor(async () => {
      await app.rest()
      expect(text()).toContain('正在向网关取公钥')
    }, 15_000)
  })
})

describe('without a receipt', () => {
  it('one is pasted, from whatever it stands in, or scanned', async () => {
    const { app, rest } = await read('')
    expect(control(app.page, '扫回执的二维码').attributes('href')).toBe('/scan')
    expect(control(app.page, '核对').attributes('disabled')).toBeDefined()
    await field(app.page, '回执或它的网址').setValue(`请看 HTTPS://PIAOZAI.EXAMPLE/R#${receipt}`)
    await app.page.get('form').trigger('submit')
    await rest()
    expect(app.router.currentRoute.value.fullPath).toBe(`/R#${receipt}`)
    expect(app.page.get('.slip-title').text()).toBe('税务查验一致')
  })

  it('other text stays where it is', async () => {
    const { app, text, rest } = await read('')
    await field(app.page, '回执或它的网址').setValue('买牛奶')
    await app.page.get('form').trigger('submit')
    await rest()
    expect(text()).toContain('这不是回执')
    expect((field(app.page, '回执或它的网址').element as HTMLTextAreaElement).value).toBe('买牛奶')
    expect(app.router.currentRoute.value.hash).toBe('')
  })
})

/** Channels of which only the state is looked at. */
function channelsOf<T extends { is: string }>(_first: T, state: unknown): AppDeps['channels'] {
  return { state } as AppDeps['channels']
}
