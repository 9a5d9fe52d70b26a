import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { benchesIn, runBenches } from '../../src/cli/bench/benches.ts'
import { home, needCheckout } from '../../src/cli/bench/checkout.ts'
import type { Command, Run } from '../../src/cli/command.ts'
import { piaozai } from './process.ts'

/** A checkout with these benches and this dev dependency. */
function checkout(benches: Readonly<Record<string, string>>, { installed = true } = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'piaozai-checkout-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', devDependencies: { measuring: '1.0.0' } }))
  if (installed) mkdirSync(join(folder, 'node_modules/measuring'), { recursive: true })
  for (const [name, code] of Object.entries(benches)) {
    mkdirSync(join(folder, 'tests/bench', name), { recursive: true })
    writeFileSync(join(folder, 'tests/bench', name, 'main.ts'), code)
  }
  return folder
}

/** `piaozai bench` in that checkout. */
function bench(folder: string, ...names: string[]) {
  const run: Run = (args, io) => runBenches(folder, args, io)
  const command: Command = { usage: 'bench NAME…', does: 'measures', load: () => Promise.resolve({ run }) }
  return piaozai(['bench', ...names], '', { bench: command })
}

test('runs the benches in the order they are named, figures on stdout, tables on stderr', async () => {
  const code = (name: string) =>
    `const value: number = 1; console.log(JSON.stringify({ bench: '${name}', value })); console.error('table of ${name}')`
  const folder = checkout({ a: code('a'), b: code('b') })
  expect(await bench(folder, 'b', 'a')).toEqual({
    exit: 0,
    out: '{"bench":"b","value":1}\n{"bench":"a","value":1}\n',
    err: 'table of b\ntable of a\n',
  })
})

test('a bench that misses its goal ends it with 1, and the others are run', async () => {
  const folder = checkout({ bad: 'process.exitCode = 1', good: "console.log('{}')" })
  expect(await bench(folder, 'bad', 'good')).toMatchObject({ exit: 1, out: '{}\n', err: 'piaozai bench: bad ended with 1\n' })
})

test.each([
  [[], 'say which: a, b'],
  [['a', 'nothing'], 'there is no bench nothing; there are: a, b'],
])('bench %j names what there is, exit 2, and measures nothing', async (names, sentence) => {
  const { exit, out, err } = await bench(checkout({ a: "console.log('{}')", b: '' }), ...names)
  expect({ exit, out }).toEqual({ exit: 2, out: '' })
  expect(err).toContain(sentence)
})

test('without the dev dependencies it says which are missing, exit 1', async () => {
  const { exit, err } = await bench(checkout({ a: '' }, { installed: false }), 'a')
  expect(exit).toBe(1)
  expect(err).toMatch(/dev dependencies are missing \(measuring\): npm ci/)
})

test('an installed product has no benches and says what is needed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'piaozai-installed-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  expect(() => needCheckout(folder)).toThrow('needs a checkout of the source with its dev dependencies')
})

test('this checkout has what it needs, and its benches are found', () => {
  expect(() => needCheckout(home)).not.toThrow()
  expect(benchesIn(home)).toEqual(expect.arrayContaining(['cold-start', 'qr', 'seal']))
})
