// Pictures of every page at 390×844, light and dark, from the production build with an invented wallet.
// `npm run screenshots` builds and takes them; arguments: folder of the app, folder of the pictures, size, text size, names of scenes.
// `node tests/screenshots/main.ts dist/app /tmp/narrow 320x844 2` shows the pages at 320 px and 200% text.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dateAt } from '../../src/domain/index.ts'
import { appPages, importRegistry, readConfig, silentLog, startGateway } from '../../src/server/index.ts'
import { createAuthority } from '../e2e/support/authority.ts'
import { cameraFlags } from '../e2e/support/browser.ts'
import { openDevice } from '../e2e/support/device.ts'
import { filmInvoice } from './camera.ts'
import { compose } from './compose.ts'
import { answeredInvoices, payloadOf, registryCsv, scannedInvoice, waitingInvoices } from './invoices.ts'
import { scenes, type Stage } from './scenes.ts'

interface Shots {
  readonly app: string
  readonly out: string
  readonly width: number
  readonly height: number
  /** Of the browser's own text size; 2 is 200%. */
  readonly text: number
  /** Names of scenes, or all. The others are played, too: they build on one another. */
  readonly only: readonly string[]
}

/** Plays every scene once and takes each in both themes. */
async function takeAll({ app, out, width, height, text, only }: Shots): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'piaozai-pictures-'))
  const today = dateAt(Date.now())
  const all = [...answeredInvoices, ...waitingInvoices]
  const payloads = all.map((invoice, index) => payloadOf(invoice, index, today))
  const authority = createAuthority(join(folder, 'authority'))
  writeFileSync(join(folder, 'authority/registry.csv'), registryCsv(all, 'authority', today))
  writeFileSync(join(folder, 'own.csv'), registryCsv(all, 'registry', today))
  const config = readConfig({
    PORT: '0',
    PIAOZAI_DATA: join(folder, 'data'),
    PIAOZAI_SOURCES: 'registry simulated',
    PIAOZAI_SIMULATED_AUTHORITY: authority.file,
    PIAOZAI_PROBE_SECONDS: '0.3',
  })
  await importRegistry(config, join(folder, 'own.csv'))
  const gateway = await startGateway(config, { pages: appPages(app, config), log: silentLog() })
  const url = gateway.url.replace('127.0.0.1', 'localhost')
  filmInvoice(join(folder, 'camera.y4m'), payloadOf(scannedInvoice, all.length, today))
  const device = await openDevice({
    profile: join(folder, 'profile'),
    flags: [...cameraFlags(join(folder, 'camera.y4m')), '--force-device-scale-factor=2'],
    viewport: { width, height },
  })
  await device.context.grantPermissions(['camera', 'clipboard-read', 'clipboard-write'], { origin: url })
  const page = await device.open(url)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 30_000 })

  const stage: Stage = {
    page,
    url,
    authority,
    answered: payloads.slice(0, answeredInvoices.length),
    waiting: payloads.slice(answeredInvoices.length),
    stopGateway: () => gateway.stop(),
    async go(path) {
      await page.goto(`${url}${path}`)
      await page.locator('h1, h2').first().waitFor({ state: 'attached' })
      if (text !== 1) await page.evaluate((size) => (document.documentElement.style.fontSize = size), `${text * 100}%`)
      await page.waitForTimeout(400)
    },
    async paste(lines) {
      await stage.go('/add?way=paste')
      await page.locator('textarea').fill(lines.join('\n'))
      await page.locator('button[type=submit]').click()
      await page
        .locator('.kept-list li')
        .nth(lines.length - 1)
        .waitFor()
    },
  }
  mkdirSync(out, { recursive: true })
  for (const { name, play } of scenes) {
    await play(stage)
    if (only.length > 0 && !only.includes(name)) continue
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.waitForTimeout(150)
      await page.screenshot({ path: join(out, `${name}-${colorScheme}.png`) })
    }
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  }
  const complaints = device.complaints()
  await device.close()
  await gateway.stop()
  rmSync(folder, { recursive: true, force: true })
  if (complaints.length > 0) console.error(`The browser complained:\n${complaints.join('\n')}`)
}

const usual = join(import.meta.dirname, 'out')
const [app = 'dist/app', out = usual, size = '390x844', text = '1', ...only] = process.argv.slice(2)
const [width = 390, height = 844] = size.split('x').map(Number)
if (!existsSync(join(app, 'sw.js'))) throw new Error(`there is no built app in ${app}: npm run build makes it`)
await takeAll({ app, out, width, height, text: Number(text), only })
if (out === usual) await compose(out, join(import.meta.dirname, 'piaozai.png'))
