/**
 * `piaozai bench pdf`: reading every PDF in Chromium the way the app does, in its reading worker with pictures and signatures, beside
 * `pdftotext` and `zbarimg` where they are installed. No file may take longer than two seconds, by its median. The five slowest on stderr, one JSON line a
 * figure on stdout.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { chromium, type JSHandle } from '@playwright/test'
import { build } from 'vite'
import { browserPath, quietFlags } from '../../e2e/support/browser.ts'
import { bandOf, median } from '../statistics.ts'
import { pdfSamples } from './files.ts'
import type { Bench } from './page.ts'
import { missingTools, timeOfTools } from './tools.ts'

const rounds = 15
/** Milliseconds for one file, however slow. */
const goal = 2_000

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' }
const folder = mkdtempSync(join(tmpdir(), 'piaozai-bench-pdf-'))
await build({
  configFile: false,
  root: import.meta.dirname,
  logLevel: 'silent',
  worker: { format: 'es' },
  build: { outDir: folder, emptyOutDir: true, target: ['chrome107'] },
})
const server = createServer(({ url = '/' }, response) => {
  try {
    const path = normalize(join(folder, url === '/' ? 'index.html' : url))
    response.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream').end(readFileSync(path))
  } catch {
    response.writeHead(404).end()
  }
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const executablePath = browserPath()
const browser = await chromium.launch({ ...(executablePath !== undefined && { executablePath }), args: quietFlags })
try {
  const page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  await page.waitForFunction(() => 'bench' in globalThis)
  await measure(await page.evaluateHandle<Bench>('bench'))
} finally {
  await browser.close()
  server.close()
  rmSync(folder, { recursive: true, force: true })
}

async function measure(bench: JSHandle<Bench>): Promise<void> {
  const files = pdfSamples()
  const missing = missingTools()
  if (missing.length > 0) console.error(`not installed here: ${missing.join(', ')}; nothing stands beside our times`)
  const ours = files.map((): number[] => [])
  const theirs = files.map((): number[] => [])
  let first = 0
  for (let round = 0; round <= rounds; round++) {
    for (const [index, { name, bytes }] of files.entries()) {
      const { ms, numbers } = await bench.evaluate((one, [data, of]) => one.read(data, of), [
        Buffer.from(bytes).toString('base64'),
        name,
      ] as const)
      if (numbers.length === 0) throw new Error(`${name}: no number was read`)
      // The very first one also starts the worker and loads what reads.
      if (round === 0 && index === 0) first = ms
      if (round === 0) continue
      ours[index]!.push(ms)
      if (missing.length === 0) theirs[index]!.push(timeOfTools(bytes))
    }
  }
  const slowest = files.map(({ name }, index) => ({ name, ms: median(ours[index]!) })).toSorted((a, b) => b.ms - a.ms)
  console.error(`${files.length} files; the first one, with starting the worker: ${first.toFixed(0)} ms; the slowest:`)
  for (const { name, ms } of slowest.slice(0, 5)) console.error(`  ${ms.toFixed(0).padStart(5)} ms ${name}`)
  const worst = slowest[0]?.ms ?? 0
  tell('slowest file', worst, { name: 'goal', value: goal }, [worst / goal])
  const all = ours.flat()
  const beside = theirs.flat()
  const name = missing.length === 0 ? 'pdftotext, pdftoppm and zbarimg' : `none: ${missing.join(', ')} not installed`
  const value = missing.length === 0 ? round3(median(beside)) : null
  tell('median file', median(all), { name, value }, missing.length === 0 ? all.map((ms, index) => ms / beside[index]!) : null)
  if (worst > goal) process.exitCode = 1
}

function tell(
  metric: string,
  value: number,
  baseline: { readonly name: string; readonly value: number | null },
  ratios: readonly number[] | null,
) {
  const ratio = ratios && round3(median(ratios))
  const figure = {
    bench: 'pdf',
    metric,
    value: round3(value),
    unit: 'ms',
    baseline,
    ratio,
    band: ratios && bandOf(ratios).map(round3),
    rounds,
  }
  console.log(JSON.stringify(figure))
  console.error(`${metric}: ${figure.value} ms; ${baseline.name}: ${baseline.value ?? '–'}`)
}

function round3(value: number): number {
  return Math.round(value * 1000) / 1000
}
