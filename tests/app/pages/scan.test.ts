import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import ScanPage from '../../../src/app/pages/ScanPage.vue'
import type { PictureReader, Seen } from '../../../src/capture/index.ts'
import { captureText } from '../../../src/capture/index.ts'
import { makeDevice } from '../../fixtures/device.ts'
import { control, openOnDevice, payload, type DeviceApp } from '../support/device-app.ts'

const open: DeviceApp[] = []
afterEach(() => {
  open.splice(0).forEach((app) => app.close())
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

/** A camera whose every frame shows the texts in `sight`; what the browser would do around it is played. */
function fakeCamera() {
  const sight: { texts: string[]; fault: 'no-reader' | null } = { texts: [], fault: null }
  const track = { stop: vi.fn(), getCapabilities: () => ({ torch: true }), applyConstraints: vi.fn(async () => {}), addEventListener() {} }
  const stream = { getTracks: () => [track], getVideoTracks: () => [track] }
  const getUserMedia = vi.fn(async (_constraints?: MediaStreamConstraints) => stream as unknown as MediaStream)
  vi.stubGlobal('isSecureContext', true)
  vi.stubGlobal('createImageBitmap', async () => ({ close() {} }))
  Object.defineProperty(navigator, 'mediaDevices', { value: { getUserMedia }, configurable: true })
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', { value: null, writable: true, configurable: true })
  vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue()
  for (const [name, value] of [
    ['videoWidth', 1280],
    ['videoHeight', 720],
    ['readyState', 4],
  ] as const) {
    Object.defineProperty(HTMLVideoElement.prototype, name, { get: () => value, configurable: true })
  }
  const corners = [
    { x: 10, y: 10 },
    { x: 50, y: 10 },
    { x: 50, y: 50 },
    { x: 10, y: 50 },
  ]
  const pictures: PictureReader = {
    frame: async (): Promise<Seen> =>
      sight.fault === null ? { ok: true, codes: sight.texts.map((text) => ({ text, corners })) } : { ok: false, fault: sight.fault },
    picture: async () => ({ ok: true, codes: [] }),
    close: vi.fn(),
  }
  return { sight, track, getUserMedia, pictures }
}

async function scan(camera: ReturnType<typeof fakeCamera>, device?: DeviceApp['device']): Promise<DeviceApp> {
  const app = await openOnDevice(ScanPage, '/scan', { change: { pictures: camera.pictures }, ...(device && { device }) })
  open.push(app)
  return app
}
const until = (app: DeviceApp, text: string) =>
  vi.waitFor(async () => {
    await app.rest()
    expect(app.page.text()).toContain(text)
  }, 10_000)
const count = async (app: DeviceApp) => (await app.device.wallet.list()).entries.length

describe('scanning', () => {
  let camera: ReturnType<typeof fakeCamera>
  beforeEach(() => {
    camera = fakeCamera()
  })

  it('opens the back camera at once', async () => {
    const app = await scan(camera)
    expect(camera.getUserMedia.mock.calls[0]?.[0]).toMatchObject({ audio: false, video: { facingMode: { ideal: 'environment' } } })
    expect(app.page.text()).toContain('对准发票或二维码')
  })

  it('keeps what it sees, vibrates shortly, and goes on with the next', async () => {
    const vibrate = vi.fn()
    Object.defineProperty(navigator, 'vibrate', { value: vibrate, configurable: true })
    const app = await scan(camera)
    camera.sight.texts = [payload(1).text]
    await until(app, '这次收了 1 张')
    expect(vibrate).toHaveBeenCalledWith(20)
    expect(app.page.text()).toContain('尾号 0001')
    camera.sight.texts = [payload(2, { amount: '1000.00' }).text]
    await until(app, '这次收了 2 张')
    expect(app.page.get('.tray-sum').text()).toBe('¥1,186.00')
    expect(await count(app)).toBe(2)
  })

  it('takes a code that stays in sight once', async () => {
    const app = await scan(camera)
    camera.sight.texts = [payload(1).text]
    await until(app, '这次收了 1 张')
    await new Promise((resolve) => setTimeout(resolve, 400))
    await app.rest()
    const [view] = (await app.device.wallet.list()).entries
    expect(view?.entry.captures).toHaveLength(1)
  })

  it('says of a known one since when it is there', async () => {
    const device = await makeDevice()
    await captureText(device, payload(1).text, 'paste')
    await device.clock.pass(7_200_000)
    const app = await scan(camera, device)
    camera.sight.texts = [payload(1).text]
    await until(app, '票夹里已有这张，2 小时前收的')
    expect(await count(app)).toBe(1)
  })

  it('says what an incomplete one lacks and offers to fill it in', async () => {
    const app = await scan(camera)
    camera.sight.texts = [payload(1, { amount: '' }).text]
    await until(app, '还差价税合计，补上就能查')
    const [view] = (await app.device.wallet.list()).entries
    expect(control(app.page, '补上').attributes('href')).toBe(`/add?complete=${view?.entry.id}`)
  })

  it.each([
    ['https://shop.example/i/1', '这是网址（shop.example），不是发票二维码'],
    ['weixin://wxpay/bizpayurl?pr=x', '这是付款码，不是发票'],
    ['$01$5rWL6K+V$', '这是开票抬头码，给商家扫的'],
    ['01,32,,', '像是发票二维码，但内容不全'],
    ['WIFI:S:x;;', '这个二维码不是发票'],
  ])('says what %s is, and what to do', async (text, sentence) => {
    const app = await scan(camera)
    camera.sight.texts = [text]
    await until(app, sentence)
    expect(await count(app)).toBe(0)
  })

  it('takes a receipt to its own page, where it is checked', async () => {
    const app = await scan(camera)
    camera.sight.texts = [`HTTPS://PIAOZAI.EXAMPLE/R#FPR1${'A'.repeat(156)}`]
    await vi.waitFor(async () => {
      await app.rest()
      expect(app.router.currentRoute.value.fullPath).toBe(`/R#FPR1${'A'.repeat(156)}`)
    }, 10_000)
    expect(await count(app)).toBe(0)
  })

  it('does not speak of other codes beside an invoice', async () => {
    const app = await scan(camera)
    camera.sight.texts = ['https://shop.example/ad', payload(1).text]
    await until(app, '这次收了 1 张')
    expect(app.page.text()).not.toContain('网址')
  })

  it('switches the light where there is one', async () => {
    const app = await scan(camera)
    await control(app.page, '手电筒').trigger('click')
    await app.rest()
    expect(camera.track.applyConstraints).toHaveBeenCalledWith({ advanced: [{ torch: true }] })
    expect(control(app.page, '手电筒').attributes('aria-pressed')).toBe('true')
  })

  it('lets the camera go when one leaves', async () => {
    const app = await scan(camera)
    app.close()
    open.length = 0
    expect(camera.track.stop).toHaveBeenCalled()
    expect(camera.pictures.close).toHaveBeenCalled()
  })

  it('lets the camera go when the page is hidden, and takes it again', async () => {
    const app = await scan(camera)
    const visible = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    document.dispatchEvent(new Event('visibilitychange'))
    expect(camera.track.stop).toHaveBeenCalled()
    visible.mockReturnValue('visible')
    document.dispatchEvent(new Event('visibilitychange'))
    await app.rest()
    expect(camera.getUserMedia).toHaveBeenCalledTimes(2)
  })

  it('says when frames cannot be read, and keeps the other ways', async () => {
    const app = await scan(camera)
    camera.sight.fault = 'no-reader'
    await until(app, '读图的部分没有启动')
    expect(control(app.page, '手工录入').attributes('href')).toBe('/add')
  })

  it.each([
    ['NotAllowedError', '没有相机权限'],
    ['NotFoundError', '这台设备没有相机'],
    ['NotReadableError', '相机正被占用'],
  ])('after %s shows the other ways, not a wall', async (name, title) => {
    camera.getUserMedia.mockRejectedValue(Object.assign(new Error(name), { name }))
    const app = await scan(camera)
    expect(app.page.text()).toContain(title)
    for (const way of ['相册', '文件', '粘贴', '手工录入']) expect(control(app.page, way).exists()).toBe(true)
    camera.getUserMedia.mockReset()
    camera.getUserMedia.mockResolvedValue({ getTracks: () => [], getVideoTracks: () => [] } as unknown as MediaStream)
    await control(app.page, '再试一次').trigger('click')
    await app.rest()
    expect(app.page.text()).toContain('对准发票或二维码')
  })

  it('pastes an invoice without leaving, and takes other text to the page for it', async () => {
    const readText = vi.fn(async () => payload(5).text)
    Object.defineProperty(navigator, 'clipboard', { value: { readText }, configurable: true })
    const app = await scan(camera)
    await control(app.page, '粘贴').trigger('click')
    await until(app, '这次收了 1 张')
    readText.mockResolvedValue(`回执：FPR1${'B'.repeat(156)}`)
    await control(app.page, '粘贴').trigger('click')
    await app.rest()
    expect(app.router.currentRoute.value.fullPath).toBe(`/R#FPR1${'B'.repeat(156)}`)
    await app.router.push('/scan')
    await app.rest()
    readText.mockResolvedValue('买牛奶')
    await control(app.page, '粘贴').trigger('click')
    await app.rest()
    expect(app.router.currentRoute.value.fullPath).toBe('/add?way=paste')
  })
})
