import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { ref, type Component } from 'vue'
import { createMemoryHistory, createRouter, RouterView, type Router } from 'vue-router'
import { depsKey, type AppDeps } from '../../../src/app/deps.ts'
import { noPictureReader } from '../../../src/capture/index.ts'
import { watchable } from '../../../src/domain/index.ts'
import { drain } from '../../../src/outbox/index.ts'
import { makeDevice, type Device } from '../../fixtures/device.ts'
import { fileReader } from '../../fixtures/file-reader.ts'
import { settle } from '../../fixtures/clock.ts'

/** A page over a real wallet, outbox and channels: only storage, network, clock and chance are replaced. */
export interface DeviceApp {
  readonly device: Device
  readonly page: VueWrapper
  readonly router: Router
  /** What the page asked of the outside. */
  readonly calls: string[]
  /** Lets promises, the database and the screen come to rest. */
  rest(): Promise<void>
  /** Sends what is due, as the app does by itself. */
  drain(): Promise<void>
  close(): void
}

/** Opens a page at an address, on a new device or on one that was used before. */
export async function openOnDevice(
  component: Component,
  at: string,
  { device: used, change = {} }: { device?: Device; change?: Partial<AppDeps> } = {},
): Promise<DeviceApp> {
  const device = used ?? (await makeDevice())
  const calls: string[] = []
  const deps: AppDeps = {
    ...device,
    languages: ['zh-CN'],
    preferences: { locale: null, theme: null },
    update: { available: ref(false), apply: () => void calls.push('update') },
    install: watchable<(() => void) | null>(null),
    version: '0.0.0-test',
    worksOffline: ref(true),
    forget: async () => void calls.push('forget'),
    makeRoom: async () => void calls.push('make room'),
    drainNow: () => void calls.push('drain'),
    pictures: noPictureReader,
    files: fileReader(),
    startKeeper: null,
    receiptKeys: { known: async () => [], fetch: async () => false },
    handOut: async ({ name, bytes }) => {
      calls.push(`hand out ${name} ${bytes.byteLength}`)
      return true
    },
    copy: async () => true,
    ...change,
  }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: at.split(/[?#]/)[0] ?? at, component },
      { path: '/:rest(.*)*', component: { template: '<i />' } },
    ],
  })
  await router.push(at)
  const page = mount(RouterView, {
    attachTo: document.body,
    global: { plugins: [createPinia(), router], provide: { [depsKey as symbol]: deps } },
  })
  async function rest(): Promise<void> {
    await settle(150)
    await flushPromises()
  }
  await rest()
  return {
    device,
    page,
    router,
    calls,
    rest,
    async drain() {
      await drain(device, { eager: true })
      await rest()
    },
    close: () => page.unmount(),
  }
}

/** The form field that a label names. */
export function field(page: VueWrapper, label: string) {
  const found = page.findAll('.field-label').find((one) => one.text().includes(label))
  if (!found) throw new Error(`no field ${label} in: ${page.text()}`)
  return page.get(`[id="${found.attributes('for')}"]`)
}

/** The button or link with this name. */
export function control(page: VueWrapper, name: string) {
  const found = page.findAll('button, a, label').find((one) => one.text() === name || one.attributes('aria-label') === name)
  if (!found) throw new Error(`no control ${name} in: ${page.text()}`)
  return found
}

/** An invented QR payload of today's and its number; every `count` has its own. */
export function payload(count: number, change: { amount?: string; date?: string } = {}): { text: string; number: string } {
  const number = `26002${String(count).padStart(15, '0')}`
  return { number, text: `01,32,,${number},${change.amount ?? '186.00'},${change.date ?? '20261109'},,` }
}
