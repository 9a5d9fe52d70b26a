import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { chromium } from '@playwright/test'
import { degradedPicture } from '../../fixtures/degraded/index.ts'
import { emptyScore, type Score } from './measure.ts'

/** Where a Chromium may be; the first that is there is used. */
const browsers = [process.env['PIAOZAI_BROWSER'], '/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser']

const quiet = ['--disable-background-networking', '--no-first-run', '--disable-component-update', '--disable-sync']

const page = `<!doctype html><meta charset="utf-8"><script type="module">
import QrScanner from '/qr-scanner.min.js'
let engine
window.readOne = async (base64, width, height) => {
  const grey = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))
  const image = new ImageData(width, height)
  for (let i = 0, to = 0; i < grey.length; i++, to += 4) { image.data[to] = image.data[to + 1] = image.data[to + 2] = grey[i]; image.data[to + 3] = 255 }
  const canvas = document.createElement('canvas')
  canvas.width = width; canvas.height = height
  canvas.getContext('2d').putImageData(image, 0, 0)
  engine ??= await QrScanner.createQrEngine()
  const start = performance.now()
  try {
    const { data } = await QrScanner.scanImage(canvas, { returnDetailedScanResult: true, qrEngine: engine })
    return { text: data, ms: performance.now() - start }
  } catch { return { text: null, ms: performance.now() - start } }
}
window.ready = true
</script>`

/**
 * qr-scanner on the same pictures. It needs a browser's canvas and worker, so it runs in Chromium.
 * @throws when there is no browser.
 */
export async function qrScannerScore(seeds: readonly number[]): Promise<Score> {
  const folder = dirname(createRequire(import.meta.url).resolve('qr-scanner'))
  const server = createServer(async (request, response) => {
    const name = /^\/(qr-scanner[\w.-]*\.js)$/.exec(request.url ?? '')?.[1]
    const body = name ? await readFile(join(folder, name)).catch(() => null) : page
    response.writeHead(body === null ? 404 : 200, { 'content-type': name ? 'text/javascript' : 'text/html' }).end(body ?? '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const browser = await launch()
  try {
    const tab = await browser.newPage()
    await tab.goto(`http://127.0.0.1:${port}/`)
    await tab.waitForFunction('window.ready === true')
    const score = emptyScore('qr-scanner')
    for (const seed of seeds) {
      const { data, width, height, text, manner } = degradedPicture(seed)
      const call = `window.readOne(${JSON.stringify(Buffer.from(data).toString('base64'))}, ${width}, ${height})`
      const result = await tab.evaluate<{ text: string | null; ms: number }>(call)
      score.times.push(result.ms)
      score.hits.push(result.text === text)
      if (result.text === text) {
        score.read++
        score.byManner[manner]++
      } else if (result.text !== null) score.wrong++
    }
    return score
  } finally {
    await browser.close()
    server.close()
  }
}

async function launch() {
  const tried: unknown[] = []
  for (const executablePath of browsers) {
    if (!executablePath) continue
    try {
      return await chromium.launch({ executablePath, args: ['--no-sandbox', ...quiet] })
    } catch (error) {
      tried.push(error)
    }
  }
  throw new AggregateError(tried, 'qr-scanner needs a browser: install chromium or set PIAOZAI_BROWSER')
}
