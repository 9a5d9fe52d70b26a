import { afterEach, describe, expect, it, vi } from 'vitest'
import OutboxPage from '../../../src/app/pages/OutboxPage.vue'
import { captureText } from '../../../src/capture/index.ts'
import { breakRow } from '../../fixtures/broken-row.ts'
import { makeDevice, type Device } from '../../fixtures/device.ts'
import { statusDocument } from '../../fixtures/gateway.ts'
import { drain } from '../../../src/outbox/index.ts'
import { useToast } from '../../../src/app/stores/toast.ts'
import { control, openOnDevice, payload, type DeviceApp } from '../support/device-app.ts'

const open: DeviceApp[] = []
afterEach(() => open.splice(0).forEach((app) => app.close()))

async function show(device: Device): Promise<DeviceApp> {
  const app = await openOnDevice(OutboxPage, '/outbox', { device })
  open.push(app)
  return app
}
const groups = (app: DeviceApp) => app.page.findAll('section h2').map((title) => title.text())

describe('待办', () => {
  it('is designed when there is nothing', async () => {
    const app = await show(await makeDevice())
    expect(app.page.text()).toContain('没有要等的，也没有要看的')
  })

  it('shows what waits for its turn, and lets it be retried', async () => {
    const device = await makeDevice()
    await captureText(device, payload(1).text, 'camera')
    const app = await show(device)
    expect(groups(app)).toEqual(['等恢复'])
    expect(app.page.text()).toContain('排队等着问')
    await control(app.page, '全部重试').trigger('click')
    await app.rest()
    expect(app.calls).toContain('drain')
  })

  it('says that retrying does not help while the authority is down, and what does', async () => {
    const device = await makeDevice()
    device.gateway.say = () => ({ say: 'park', retryAfter: 3600 })
    device.gateway.status = () => ({ ...statusDocument(device.clock.now(), 'down'), mode: 'outage' })
    await captureText(device, payload(1).text, 'camera')
    await drain(device)
    await device.channels.probe()
    const app = await show(device)
    expect(app.page.text()).toContain('来源没有恢复，现在重试没有用')
    expect(app.page.text()).toContain('税务查验没有答复')
    expect(app.page.text()).toMatch(/约.+再问，不用您操作/)
    expect(app.page.text()).not.toContain('全部重试')
    const [view] = (await device.wallet.list()).entries
    expect(control(app.page, '自己去查：尾号 0001').attributes('href')).toBe(`/invoices/${view?.entry.id}?ask=self`)
    expect(app.page.text()).not.toMatch(/短信|待核凭证|补录/)
  })

  it('leads to the signed queue ticket of a question that the gateway keeps, where it signs', async () => {
    const device = await makeDevice()
    const receipts = [`FPR1${'A'.repeat(156)}`, undefined]
    device.gateway.say = () => {
      const receipt = receipts.shift()
      return { say: 'park', retryAfter: 3600, ...(receipt !== undefined && { receipt }) }
    }
    await captureText(device, payload(1).text, 'camera')
    await captureText(device, payload(2).text, 'camera')
    await drain(device)
    const app = await show(device)
    const tickets = app.page.findAll('.todo-ticket')
    expect(tickets.map((ticket) => ticket.attributes('href'))).toEqual([`/R#FPR1${'A'.repeat(156)}`])
    expect(tickets[0]?.attributes('aria-label')).toBe('排队凭据：尾号 0001')
  })

  it('says that the gateway puts a question off for too many wrong ones, until when, and where else to ask', async () => {
    const device = await makeDevice()
    device.gateway.say = () => ({ say: 'refuse', code: 'rate-limited', retryAfter: 7200 })
    await captureText(device, payload(1).text, 'camera')
    await drain(device)
    const app = await show(device)
    expect(groups(app)).toEqual(['等恢复'])
    expect(app.page.text()).toContain('这台设备或网络填错太多次，过后再问')
    expect(app.page.text()).toMatch(/约.+再问，不用您操作/)
    expect(control(app.page, '自己去查：尾号 0001').exists()).toBe(true)
  })

  it('shows a refused question with its code and what to do', async () => {
    const device = await makeDevice()
    device.gateway.say = () => ({ say: 'refuse', code: 'query-invalid' })
    await captureText(device, payload(1).text, 'camera')
    await drain(device)
    const app = await show(device)
    expect(groups(app)).toEqual(['要看一眼'])
    expect(app.page.text()).toContain('代码 query-invalid')
    expect(control(app.page, '核对：尾号 0001').attributes('href')).toContain('/add?complete=')
  })

  it('asks a question anew under another number when the old one was refused for it', async () => {
    const device = await makeDevice()
    device.gateway.say = () => ({ say: 'refuse', code: 'query-id-reused' })
    await captureText(device, payload(1).text, 'camera')
    await drain(device)
    const app = await show(device)
    await control(app.page, '再问一次：尾号 0001').trigger('click')
    await app.rest()
    expect(groups(app)).toEqual(['等恢复'])
  })

  it('offers to fill in what is incomplete', async () => {
    const device = await makeDevice()
    await captureText(device, payload(1, { amount: '' }).text, 'camera')
    const app = await show(device)
    expect(app.page.text()).toContain('还差价税合计')
    expect(control(app.page, '补填：尾号 0001').attributes('href')).toContain('/add?complete=')
  })

  it('shows a mismatch until the person has looked', async () => {
    const device = await makeDevice()
    const at = device.clock.now()
    const sources = [{ id: 'simulated', class: 'authority', at, asOf: at, outcome: 'mismatch' } as const]
    device.gateway.say = () => ({ say: 'answer', answer: { verdict: 'mismatch', sources } })
    await captureText(device, payload(1).text, 'camera')
    await drain(device)
    const app = await show(device)
    expect(app.page.text()).toContain('税务查验：填写与登记不一致')
    expect(app.page.text()).not.toContain('假票')
    expect((await device.wallet.counts()).needsLook).toBe(1)
    const [view] = (await device.wallet.list()).entries
    await device.wallet.note(view?.entry.id ?? '', { saw: 'match', text: '', at })
    await app.rest()
    expect((await device.wallet.counts()).needsLook).toBe(0)
    expect(app.page.text()).toContain('没有要等的')
  })

  it('lets a record that cannot be read be discarded, and brings it back on undo', async () => {
    const device = await makeDevice()
    const [kept] = await captureText(device, payload(1).text, 'camera')
    await breakRow(device, 'invoices', kept?.entryId ?? '', (row) => ({ ...row, invoice: 7 }))
    const app = await show(device)
    expect(app.page.text()).toContain('这条记录读不出来了')
    await control(app.page, '丢掉：读不出的一张票').trigger('click')
    await app.rest()
    expect(app.page.text()).toContain('没有要等的，也没有要看的')
    const toast = useToast()
    expect(toast.current?.text).toBe('读不出来的记录已丢掉')
    toast.current?.action?.run()
    await app.rest()
    expect(app.page.text()).toContain('这条记录读不出来了')
  })

  it('shows pieces of a long group', async () => {
    const device = await makeDevice()
    for (let count = 1; count <= 60; count++) await captureText(device, payload(count).text, 'paste')
    const app = await show(device)
    await vi.waitFor(async () => {
      await app.rest()
      expect(app.page.findAll('li')).toHaveLength(50)
    }, 10_000)
    await control(app.page, '再显示 10 件').trigger('click')
    expect(app.page.findAll('li')).toHaveLength(60)
  })
})
