// Pictures of how the app shows every file of a folder, at a phone's size, beside what poppler makes of it where it can (PDF).
// `node tests/tools/originals.ts [FOLDER] [OUT]`; by default the samples and test-results/originals, which is never committed.
// The app must be built. Files with the same name but for the extension (OFD and PDF of one invoice) stand side by side by their names.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, extname, join } from 'node:path'
import { createGateway } from '../e2e/support/gateway.ts'
import { installed, openDevice } from '../e2e/support/device.ts'
import { drop } from '../e2e/support/files.ts'

const [from = process.env['PIAOZAI_SAMPLES'] ?? '../shared/samples', out = 'test-results/originals'] = process.argv.slice(2)
const files = readdirSync(from, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(?:ofd|pdf|xml)$/i.test(name))
  .sort()
const folder = mkdtempSync(join(tmpdir(), 'piaozai-originals-'))
mkdirSync(out, { recursive: true })
const gateway = await createGateway({ data: join(folder, 'data') })
await gateway.start()
try {
  for (const file of files) {
    const name = basename(file)
    const phone = await openDevice({ profile: join(folder, name), flags: ['--force-device-scale-factor=2'] })
    const page = await phone.open(gateway.url)
    await installed(page)
    await drop(page, [{ name, bytes: new Uint8Array(readFileSync(join(from, file))) }])
    await page.waitForURL(/way=file/)
    await page.locator('main a[href^="/invoices/"]').first().waitFor({ timeout: 30_000 })
    await page.goto(gateway.url)
    await page.locator('main a[href^="/invoices/"]').first().tap()
    await page.locator('.original-link').first().tap()
    const began = Date.now()
    await page.locator('.sheet-svg, .form-page, .pdf-canvas').first().waitFor({ timeout: 30_000 })
    const opened = Date.now() - began
    await page.waitForTimeout(1500)
    const stem = join(out, `${basename(name, extname(name))}${extname(name).replace('.', '-')}`)
    await page.screenshot({ path: `${stem}-phone.png` })
    // Each sheet by itself, in three times the width.
    const sheets = page.locator('.sheet')
    await page.setViewportSize({ width: 1100, height: 1000 })
    await page.waitForTimeout(800)
    for (let index = 0; index < (await sheets.count()); index++) {
      await sheets.nth(index).scrollIntoViewIfNeeded()
      await page.waitForTimeout(1200)
      await sheets.nth(index).screenshot({ path: `${stem}-${index + 1}.png` })
    }
    if (name.endsWith('.pdf')) execFileSync('pdftoppm', ['-r', '150', '-png', join(from, file), `${stem}-poppler`])
    console.log(
      `${file}: ${await sheets.count()} sheets, seen ${opened} ms after the tap; ${phone.complaints().join(' | ') || 'no complaint'}`,
    )
    await phone.close()
  }
} finally {
  await gateway.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
