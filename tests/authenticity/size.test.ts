import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { build, type Plugin } from 'vite'
import { expect, test } from 'vitest'

/** The rooms below, which the page has loaded by then, and what is loaded only where it is needed. */
const elsewhere: Plugin = {
  name: 'elsewhere',
  enforce: 'pre',
  resolveId: (id) => (/(?:domain|formats)\/index\.ts$|ed25519\.js$|\/pdf\/judge\.ts$/.test(id) ? { id, external: true } : null),
}

test('the verifier, curve and all, is at most 20 kB gzipped', async () => {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [elsewhere],
    build: {
      write: false,
      target: ['chrome107', 'safari16', 'firefox115'],
      lib: { entry: 'src/authenticity/examine.ts', formats: ['es'], fileName: 'examine' },
      rolldownOptions: { output: { minify: true } },
    },
  })
  const chunks = [result].flat().flatMap((one) => ('output' in one ? one.output : []))
  const sizes = chunks.map((one) => gzipSync(one.type === 'chunk' ? one.code : one.source).length)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(20_000)
})

test('the door loads it on demand only', () => {
  const door = readFileSync('src/authenticity/index.ts', 'utf8')
  const imported = [...door.matchAll(/^(?:import|export) (?!type)[^'(]*'([^']+)'/gm)].map(([, from]) => from)
  expect(imported.every((from) => /^\.\/(?:trust-list|receipt)\//.test(from ?? ''))).toBe(true)
  expect(imported.length).toBeGreaterThan(0)
})
