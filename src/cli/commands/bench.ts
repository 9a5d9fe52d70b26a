import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { UsageError, type Run } from '../command.ts'

/** Where the benchmarks are: a folder with a `main.ts` each. They may open any door and need the development dependencies. */
const folder = fileURLToPath(new URL('../../../tests/bench', import.meta.url))

/** Runs benchmarks beside their baselines, one after the other: a table on stderr, one JSON line a figure on stdout. */
export const run: Run = async (args, io) => {
  if (!existsSync(folder)) throw new Error('the benchmarks are part of the source, not of an installation: run this in a checkout')
  const known = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'main.ts')))
  const unknown = args.find((name) => !known.includes(name))
  if (args.length === 0 || unknown !== undefined) throw new UsageError(`the benchmarks are ${known.join(', ')}`)
  if (!existsSync(join(folder, '../../node_modules/@playwright/test')))
    throw new Error('the benchmarks need the development dependencies: npm ci')
  let failed = false
  for (const name of args) {
    const child = spawn(process.execPath, [join(folder, name, 'main.ts')], { stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.pipe(io.stdout, { end: false })
    child.stderr.pipe(io.stderr, { end: false })
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
    if (code !== 0) failed = true
  }
  return failed ? 1 : 0
}
