import { chromium, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test'
import { browserPath, quietFlags } from './browser.ts'

export interface DeviceOptions extends Pick<
  BrowserContextOptions,
  'colorScheme' | 'locale' | 'viewport' | 'ignoreHTTPSErrors' | 'serviceWorkers'
> {
  /** The browser's profile; given again it is the same device. */
  readonly profile: string
  readonly flags?: readonly string[]
  /** Environment of the browser, such as HOME for another certificate store. */
  readonly env?: Readonly<Record<string, string>>
}

/** A phone: a browser with a profile that outlives it, and a record of everything it complained about. */
export async function openDevice({ profile, flags = [], env, ...options }: DeviceOptions) {
  const executablePath = browserPath()
  const context = await chromium.launchPersistentContext(profile, {
    ...(executablePath !== undefined && { executablePath }),
    ...(env && { env: { ...(process.env as Record<string, string>), ...env } }),
    args: [...quietFlags, ...flags],
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  })
  const complaints: string[] = []
  await context.addInitScript(() =>
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample, sourceFile }) =>
      console.error(`CSP ${violatedDirective} ${blockedURI} ${sample} ${sourceFile}`),
    ),
  )
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  context.on('weberror', (error) => complaints.push(String(error.error())))
  return {
    context,
    /** A tab at `url`. */
    async open(url: string): Promise<Page> {
      const page = context.pages().find((tab) => tab.url() === 'about:blank') ?? (await context.newPage())
      await page.goto(url)
      return page
    },
    /** Violations of the policy, errors nobody caught; that a gateway which is down cannot be reached is no error. */
    complaints: () => complaints.filter((text) => !/Failed to load resource|net::ERR_/.test(text)),
    forgetComplaints: () => complaints.splice(0),
    close: () => context.close(),
  }
}
export type Device = Awaited<ReturnType<typeof openDevice>>

/** Resolves when the app is stored and this page is served by the worker. */
export async function installed(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 30_000 })
}

/** Fires Background Sync in the worker of `url`, as the browser does when the network is back. `page` may be any page of the device. */
export async function dispatchSync(context: BrowserContext, page: Page, url: string, tag: string, lastChance = true): Promise<void> {
  const { origin } = new URL(url)
  const session = await context.newCDPSession(page)
  const registrationId = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const found = registrations.find(({ scopeURL }) => scopeURL === `${origin}/`)
      if (found) resolve(found.registrationId)
    })
  })
  await session.send('ServiceWorker.enable')
  await session.send('ServiceWorker.dispatchSyncEvent', { origin, registrationId: await registrationId, tag, lastChance })
  await session.detach()
}
