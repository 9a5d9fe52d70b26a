import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const node = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url))

test('the process reads stdin, writes stdout, and ends with the exit code', async () => {
  const child = spawn(node, [main, 'inspect', '--qr'])
  child.stdin.end('01,31,,26442000004359167806,1705400.00,20260421,,8EEF\n')
  const [out, err, [exit]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  expect({ exit, err }).toEqual({ exit: 0, err: '' })
  expect(JSON.parse(out)).toMatchObject({ format: 'qr', problems: [] })
})

test('an unknown command ends with 2', async () => {
  const child = spawn(node, [main, 'frobnicate'])
  const [err, [exit]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  expect(exit).toBe(2)
  expect(err).not.toMatch(/^\s+at /m)
})

test('a reader that stops early is no error', async () => {
  const child = spawn(node, [main, 'inspect', '--qr'])
  child.stdin.on('error', () => {})
  child.stdin.write('01,31,,26442000004359167806,1705400.00,20260421,,8EEF\n'.repeat(20_000))
  const err = text(child.stderr)
  await once(child.stdout, 'data')
  child.stdout.destroy()
  child.stdin.end()
  const [exit] = await once(child, 'exit')
  expect({ exit, err: await err }).toEqual({ exit: 0, err: '' })
})
