import { ESLint } from 'eslint'
import { existsSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { rooms } from '../eslint.boundaries.ts'

const eslint = new ESLint()

/** The rules that code at a path breaks. */
async function broken(path: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: path })
  return (result?.messages ?? []).map((message) => message.ruleId ?? message.message)
}

const imports = (from: string) => `import '${from}'`

test('every folder of src is a room of the table', () => {
  const folders = readdirSync('src', { withFileTypes: true }).filter((one) => one.isDirectory())
  expect(Object.keys(rooms)).toEqual(expect.arrayContaining(folders.map((one) => one.name)))
})

// Only a door that exists can be imported; the table holds for the others as soon as they do.
const existing = Object.keys(rooms).filter((room) => existsSync(`src/${room}/index.ts`))

test.each(existing)('%s imports through doors exactly what the table grants it', async (room) => {
  for (const other of existing.filter((one) => one !== room)) {
    const granted = rooms[room]?.includes(other) ?? false
    const rules = await broken(`src/${room}/some/file.ts`, imports(`../../${other}/index.ts`))
    expect([other, rules.includes('boundaries/dependencies')]).toEqual([other, !granted])
  }
})

test('what only a worker may use has a door of its own, for the same rooms', async () => {
  expect(await broken('src/capture/some.worker.ts', imports('../formats/index.worker.ts'))).not.toContain('boundaries/dependencies')
  expect(await broken('src/app/some.ts', imports('../formats/index.worker.ts'))).toContain('boundaries/dependencies')
})

test.each([
  ['a file behind a door', 'src/wallet/some.ts', imports('../domain/money.ts')],
  ['a forbidden room, re-exported', 'src/domain/some.ts', "export * from '../api/index.ts'"],
  ['a forbidden room, lazily', 'src/wallet/some.ts', "await import('../api/index.ts')"],
  ['a forbidden room, types only', 'src/domain/some.ts', "export type { WireQuery } from '../api/index.ts'"],
  ['Dexie outside the wallet', 'src/app/some.ts', imports('dexie')],
  ['zod outside the contract', 'src/server/some.ts', imports('zod/mini')],
  ['the file system in a pure room', 'src/domain/some.ts', imports('node:fs')],
])('the linter refuses %s', async (_what, path, code) => {
  expect(await broken(path, code)).toContain('boundaries/dependencies')
})

test('the linter refuses imports from outside src', async () => {
  expect(await broken('src/server/some.ts', imports('../../tests/architecture.test.ts'))).toContain('boundaries/no-unknown-dependencies')
})

test.each([
  ['a clock', 'src/outbox/some.ts', 'export const t = Date.now()', 'no-restricted-properties'],
  ['randomness', 'src/outbox/some.ts', 'export const r = Math.random()', 'no-restricted-properties'],
  ['the network', 'src/channels/some.ts', "export const r = fetch('/')", 'no-restricted-globals'],
  ['navigator.onLine', 'src/app/some.ts', 'export const o = navigator.onLine', 'no-restricted-properties'],
  ['a default export', 'src/app/some.ts', 'export default 1', 'no-restricted-syntax'],
  ['an enum', 'src/app/some.ts', 'export enum A { B }', 'no-restricted-syntax'],
  ['any', 'src/app/some.ts', 'export const a: any = 1', '@typescript-eslint/no-explicit-any'],
  ['v-html', 'src/app/Some.vue', '<template><p v-html="x" /></template>', 'vue/no-v-html'],
])('the linter refuses %s', async (_what, path, code, rule) => {
  expect(await broken(path, code)).toContain(rule)
})
