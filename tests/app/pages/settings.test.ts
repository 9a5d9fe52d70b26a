import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'
import SettingsPage from '../../../src/app/pages/SettingsPage.vue'
import { setLocale } from '../../../src/app/locales/locale.ts'
import { isIos } from '../../../src/app/composables/installing.ts'
import { sizeText } from '../../../src/app/composables/storage.ts'
import { captureText } from '../../../src/capture/index.ts'
import { watchable } from '../../../src/domain/index.ts'
import { control, field, openOnDevice, payload, type DeviceApp } from '../support/device-app.ts'

const open: DeviceApp[] = []
beforeEach(() => {
  // happy-dom does not say whether it is secure.
  vi.stubGlobal('isSecureContext', true)
})
afterEach(() => {
  vi.unstubAllGlobals()
  open.splice(0).forEach((app) => app.close())
  setLocale('zh-CN')
  delete document.documentElement.dataset['theme']
})
const opened = async (...[component, at, more]: Parameters<typeof openOnDevice>) => {
  const app = await openOnDevice(component, at, more)
  open.push(app)
  return app
}
const choose = async (app: DeviceApp, value: string) => {
  const radio = app.page.get(`input[type=radio][value="${value}"]`)
  await radio.setValue(true)
  await app.rest()
}

describe('我的', () => {
  it('changes the language at once and keeps it', async () => {
    const app = await opened(SettingsPage, '/settings')
    await choose(app, 'en')
    await vi.waitFor(() => expect(app.page.get('h1').text()).toBe('Me'), 10_000)
    expect(document.documentElement.lang).toBe('en')
    await vi.waitFor(async () => expect((await app.device.wallet.settings()).locale).toBe('en'), 10_000)
  })

  it('changes the theme at once and keeps it', async () => {
    const app = await opened(SettingsPage, '/settings')
    await choose(app, 'dark')
    expect(document.documentElement.dataset['theme']).toBe('dark')
    expect((await app.device.wallet.settings()).theme).toBe('dark')
  })

  it('says what erasing costs, asks for the word, and then leaves nothing', async () => {
    const app = await opened(SettingsPage, '/settings')
    await captureText(app.device, payload(1).text, 'camera')
    await app.rest()
    const before = await app.device.wallet.settings()
    await control(app.page, '清空票夹').trigger('click')
    expect(app.page.text()).toContain('1 张票，连同原件、答复和自己记的')
    expect(app.page.text()).toContain('1 个还没有答复的问题')
    const go = () => control(app.page, '清空，不能撤销')
    expect(go().attributes('disabled')).toBeDefined()
    await field(app.page, '输入“清空”确认').setValue('清空')
    expect(go().attributes('disabled')).toBeUndefined()
    await app.page.get('dialog form').trigger('submit')
    await vi.waitFor(async () => {
      await app.rest()
      expect((await app.device.wallet.list()).entries).toEqual([])
    }, 10_000)
    expect((await app.device.wallet.settings()).deviceId).not.toBe(before.deviceId)
    expect(app.calls).toContain('forget')
  })

  it('erases nothing without the word', async () => {
    const app = await opened(SettingsPage, '/settings')
    await captureText(app.device, payload(1).text, 'camera')
    await control(app.page, '清空票夹').trigger('click')
    await field(app.page, '输入“清空”确认').setValue('清')
    await app.page.get('dialog form').trigger('submit')
    await app.rest()
    expect((await app.device.wallet.list()).entries).toHaveLength(1)
  })

  it('offers to install only where the browser does, and else says how', async () => {
    const run = vi.fn()
    const app = await opened(SettingsPage, '/settings', { change: { install: watchable<(() => void) | null>(run) } })
    await control(app.page, '安装').trigger('click')
    expect(run).toHaveBeenCalled()
    const other = await opened(SettingsPage, '/settings')
    expect(other.page.findAll('button').some((button) => button.text() === '安装')).toBe(false)
    expect(other.page.text()).toMatch(/浏览器菜单|https/)
  })

  it('knows an iPad although it says that it is a Mac', () => {
    const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15'
    expect(isIos({ userAgent: mac, maxTouchPoints: 5 })).toBe(true)
    expect(isIos({ userAgent: mac, maxTouchPoints: 0 })).toBe(false)
  })

  it('shows a waiting version and takes it at a tap', async () => {
    const apply = vi.fn()
    const app = await opened(SettingsPage, '/settings', { change: { update: { available: ref(true), apply } } })
    await control(app.page, '换上').trigger('click')
    expect(apply).toHaveBeenCalled()
  })

  it('names the licences of what is in the app', async () => {
    const app = await opened(SettingsPage, '/settings')
    for (const part of ['Lucide', 'ISC', 'zxing-wasm', 'Dexie.js']) expect(app.page.text()).toContain(part)
  })

  it('says sizes as people do', () => {
    expect([sizeText(300), sizeText(320_400), sizeText(1_440_000), sizeText(2_000_000_000)]).toEqual(['1 KB', '320 KB', '1.4 MB', '2.0 GB'])
  })
})
