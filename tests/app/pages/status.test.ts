import { afterEach, describe, expect, it } from 'vitest'
import StatusPage from '../../../src/app/pages/StatusPage.vue'
import { captureText } from '../../../src/capture/index.ts'
import { makeDevice } from '../../fixtures/device.ts'
import { statusDocument } from '../../fixtures/gateway.ts'
import { control, openOnDevice, payload, type DeviceApp } from '../support/device-app.ts'

const open: DeviceApp[] = []
afterEach(() => open.splice(0).forEach((app) => app.close()))

describe('the status page', () => {
  it('looks anew at a tap, and says it in plain words', async () => {
    const device = await makeDevice()
    const app = await openOnDevice(StatusPage, '/status', { device })
    open.push(app)
    await control(app.page, '刷新').trigger('click')
    await app.rest()
    expect(app.page.get('h1').text()).toBe('一切正常')
    device.gateway.status = () => ({ ...statusDocument(device.clock.now(), 'down'), mode: 'outage' })
    await device.clock.pass(10_000)
    await control(app.page, '刷新').trigger('click')
    await app.rest()
    expect(app.page.get('h1').text()).toBe('税务查验没有答复')
    expect(app.page.findAll('dt').map((term) => term.text())).toEqual(['不能用', '预计恢复', '您的查验'])
  })

  it('counts the questions that wait on this device', async () => {
    const device = await makeDevice({ onLine: () => false })
    device.gateway.network = () => Promise.reject(new TypeError('failed to fetch'))
    await captureText(device, payload(1).text, 'camera')
    await captureText(device, payload(2).text, 'camera')
    const app = await openOnDevice(StatusPage, '/status', { device })
    open.push(app)
    await control(app.page, '刷新').trigger('click')
    await app.rest()
    expect(app.page.get('h1').text()).toBe('这台设备没有网络')
    expect(app.page.text()).toContain('2 条都在，没有丢')
    expect(app.page.text()).toContain('换个网络')
  })
})
