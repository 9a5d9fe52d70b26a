/**
 * `piaozai bench seal`: verifying sealed OFDs in Chromium, beside sm-crypto doing the same verifications: the same SM3 digests and the same
 * SM2 signatures (signer, maker, and the certificates of both). Our time is that of the whole judgement from the bytes of the file, with
 * unpacking, XML, DER and the chain, which sm-crypto is spared; the verifications alone are told beside it. A table on stderr, one JSON line a
 * figure on stdout.
 */
import { chromium } from '@playwright/test'
import { build } from 'vite'
import { browserPath, quietFlags } from '../../e2e/support/browser.ts'
import { bandOf, median } from '../statistics.ts'
import type { Bench } from './page.ts'
import { sealedFiles } from './seals.ts'
import { figures, ways, type Way } from './ways.ts'

const rounds = 21
const warmUp = 5
const goal = 5

const { files, trust } = sealedFiles()
const executablePath = browserPath()
const browser = await chromium.launch({ ...(executablePath !== undefined && { executablePath }), args: quietFlags })
try {
  const page = await browser.newPage()
  await page.addScriptTag({ content: await script() })
  const bench = await page.evaluateHandle<Bench>('bench')
  for (const { name, bytes } of files) {
    const base64 = Buffer.from(bytes).toString('base64')
    const count = await bench.evaluate((one, [file, by]) => one.prepare(file, by), [base64, trust] as const)
    console.error(`${name}: ${count} digests and signatures`)
  }
  const times: Record<Way, number>[] = []
  for (let round = -warmUp; round < rounds; round++) {
    for (const index of files.keys()) {
      // Interleaved, and each goes first in its turn: a busy machine slows all of them.
      const order = ways.map((_, turn) => ways[(turn + round + warmUp) % ways.length]!)
      const measured = await bench.evaluate((one, [file, by]) => one.time(file, by), [index, order] as const)
      if (round >= 0) times.push(measured)
    }
  }
  const all = (way: Way) => times.map((one) => one[way])
  for (const { way, metric, baseline } of figures) {
    const ratios = times.map((one) => one[baseline] / one[way])
    const figure = {
      bench: 'seal',
      metric,
      value: round3(median(all(way))),
      unit: 'ms',
      baseline: { name: baseline, value: round3(median(all(baseline))) },
      ratio: round3(median(ratios)),
      band: bandOf(ratios).map(round3),
      rounds,
    }
    console.log(JSON.stringify(figure))
    console.error(
      `${metric}: ${figure.value} ms, ${baseline} ${figure.baseline.value} ms: ${figure.ratio} × faster [${figure.band.join(', ')}]`,
    )
    if (way === 'judgement' && figure.ratio < goal) {
      console.error(`the goal is ${goal} ×`)
      process.exitCode = 1
    }
  }
} finally {
  await browser.close()
}

/** The page's script, built as the app is. */
async function script(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      target: ['chrome107'],
      lib: { entry: new URL('page.ts', import.meta.url).pathname, formats: ['iife'], name: 'bench', fileName: 'bench' },
    },
  })
  const chunks = [built].flat().flatMap((one) => ('output' in one ? one.output : []))
  return chunks.map((one) => (one.type === 'chunk' ? one.code : '')).join('')
}

function round3(value: number): number {
  return Math.round(value * 1000) / 1000
}
