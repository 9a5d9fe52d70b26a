import { afterEach, describe, expect, it } from 'vitest'
import QueryPage from '../../../src/app/pages/QueryPage.vue'
import { control, field, openOnDevice, type DeviceApp } from '../support/device-app.ts'

const number = '26002000000000004821'
const open: DeviceApp[] = []
afterEach(() => open.splice(0).forEach((app) => app.close()))

async function ask(): Promise<DeviceApp> {
  const app = await openOnDevice(QueryPage, '/query')
  open.push(app)
  for (const [label, text] of Object.entries({ 发票号码: number, 开票日期: '20261109', 价税合计: '186.00' })) {
    await field(app.page, label).setValue(text)
  }
  await app.page.get('form').trigger('submit')
  await app.rest()
  return app
}

describe('asking', () => {
  it('keeps the question in the wallet before there is an answer', async () => {
    const app = await ask()
    const [view] = (await app.device.wallet.list()).entries
    expect(view?.status.is).toBe('waiting')
    expect(view?.entry.captures[0]?.way).toBe('query')
    expect(app.page.text()).toContain('尚未查验')
    expect(app.page.text()).toContain('不用等在这里')
    expect(app.router.currentRoute.value.query['asked']).toBe(view?.entry.id)
  })

  it('shows the answer when it comes, in the exact words, and leads to the invoice', async () => {
    const app = await ask()
    await app.drain()
    expect(app.page.text()).toContain('与网关的登记一致，未经税务来源查验')
    const [view] = (await app.device.wallet.list()).entries
    expect(control(app.page, '看这张票').attributes('href')).toBe(`/invoices/${view?.entry.id}`)
  })

  it('says the number under which the gateway keeps a parked one', async () => {
    const app = await openOnDevice(QueryPage, '/query')
    app.device.gateway.say = () => ({ say: 'park', retryAfter: 36_000 })
    app.close()
    const second = await openOnDevice(QueryPage, '/query', { device: app.device })
    open.push(second)
    for (const [label, text] of Object.entries({ 发票号码: number, 开票日期: '20261109', 价税合计: '186.00' })) {
      await field(second.page, label).setValue(text)
    }
    await second.page.get('form').trigger('submit')
    await second.rest()
    await second.drain()
    expect(second.page.text()).toMatch(/网关已收下（编号 T\w+）：税务查验没有答复，约.+再问，不用您操作/)
    expect(second.page.text()).not.toMatch(/查无此票|假票/)
  })

  it('asks nothing while something is wrong', async () => {
    const app = await openOnDevice(QueryPage, '/query')
    open.push(app)
    await field(app.page, '发票号码').setValue('123')
    await app.page.get('form').trigger('submit')
    await app.rest()
    expect(app.page.text()).toContain('发票号码应是 20 位，现在 3 位，请补齐')
    expect((await app.device.wallet.list()).entries).toEqual([])
  })

  it('starts over without losing what was asked', async () => {
    const app = await ask()
    await control(app.page, '再查一张').trigger('click')
    await app.rest()
    expect((field(app.page, '发票号码').element as HTMLInputElement).value).toBe('')
    expect((await app.device.wallet.list()).entries).toHaveLength(1)
  })
})
