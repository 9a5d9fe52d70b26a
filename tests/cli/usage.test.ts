import { expect, test } from 'vitest'
import { UsageError, type Command, type Run } from '../../src/cli/command.ts'
import { piaozai } from './process.ts'

const command = (run: Run): Command => ({ usage: 'try WORD', does: 'tries', load: () => Promise.resolve({ run }) })

test('without a command the usage is shown, exit 2', async () => {
  const { exit, out, err } = await piaozai([])
  expect({ exit, out }).toEqual({ exit: 2, out: '' })
  expect(err).toContain('piaozai inspect')
})

test.each([['help'], ['--help']])('%s shows the usage, exit 0', async (word) => {
  expect(await piaozai([word])).toMatchObject({ exit: 0, err: expect.stringContaining('piaozai inspect') })
})

test.each(['frobnicate', 'constructor', '__proto__', ''])('an unknown command %j is named with the usage, exit 2', async (word) => {
  const { exit, err } = await piaozai([word])
  expect(exit).toBe(2)
  expect(err).toContain(`no such command: ${word}`)
  expect(err).toContain('piaozai inspect')
})

test('what was typed cannot steer the terminal', async () => {
  expect((await piaozai(['\u001b[2Jx'])).err).not.toContain('\u001b')
})

test('a command used wrongly says how it is used, exit 2', async () => {
  const table = { try: command(() => Promise.reject(new UsageError('a word is missing'))) }
  expect(await piaozai(['try'], '', table)).toEqual({ exit: 2, out: '', err: 'piaozai try: a word is missing\nusage: piaozai try WORD\n' })
})

test('a command that fails says so in one line and no stack trace, exit 1', async () => {
  const table = { try: command(() => Promise.reject(new Error('the disk is full'))) }
  expect(await piaozai(['try'], '', table)).toEqual({ exit: 1, out: '', err: 'piaozai try: the disk is full\n' })
})

test('a command whose code cannot be loaded fails in one line, exit 1', async () => {
  const table = { try: { usage: 'try', does: 'tries', load: () => Promise.reject(new Error('a module is missing')) } }
  expect(await piaozai(['try'], '', table)).toMatchObject({ exit: 1, err: 'piaozai try: a module is missing\n' })
})

test('a name of two words wins over the first word alone, and gets the arguments after it', async () => {
  const seen: (readonly string[])[] = []
  const note: Run = (args) => Promise.resolve((seen.push(args), 0))
  const table = { registry: command(() => Promise.resolve(2)), 'registry import': command(note) }
  expect((await piaozai(['registry', 'import', 'a.csv', '-x'], '', table)).exit).toBe(0)
  expect(seen).toEqual([['a.csv', '-x']])
  expect((await piaozai(['registry', 'export'], '', table)).exit).toBe(2)
})
