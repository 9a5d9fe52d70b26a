import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError, type ExitCode, type Io } from '../command.ts'
import { needCheckout, nodeArgs } from './checkout.ts'

/** The benchmarks of a checkout: every folder of `tests/bench` that has a `main.ts`. */
export function benchesIn(folder: string): string[] {
  return readdirSync(join(folder, 'tests/bench'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, 'tests/bench', entry.name, 'main.ts')))
    .map(({ name }) => name)
    .sort()
}

/**
 * Runs benchmarks one after the other, each in a process of its own, and passes on what they write. 1 when one missed its goal or failed.
 * @throws UsageError for a name that is none.
 */
export async function runBenches(folder: string, names: readonly string[], io: Io): Promise<ExitCode> {
  needCheckout(folder)
  const known = benchesIn(folder)
  const wrong = names.find((name) => !known.includes(name))
  if (wrong !== undefined) throw new UsageError(`there is no bench ${wrong}; there are: ${known.join(', ')}`)
  if (names.length === 0) throw new UsageError(`say which: ${known.join(', ')}`)
  let exit: ExitCode = 0
  for (const name of names) if ((await runOne(folder, name, io)) !== 0) exit = 1
  return exit
}

async function runOne(folder: string, name: string, { stdout, stderr, env }: Io): Promise<number> {
  const child = spawn(process.execPath, [...nodeArgs, join(folder, 'tests/bench', name, 'main.ts')], {
    cwd: folder,
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.pipe(stdout, { end: false })
  child.stderr.pipe(stderr, { end: false })
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) stderr.write(`piaozai bench: ${name} ended with ${code ?? 'a signal'}\n`)
  return code ?? 1
}
