import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { text } from 'node:stream/consumers'
import { ensureRequirements } from './requirements.ts'
import { checks, runs, type Count, type Step } from './steps.ts'

/** A step that was done. */
interface Done {
  readonly name: string
  readonly count: Count
}

/** Does every step, whatever failed before it, and closes with `N passed, N failed`. */
async function main(): Promise<number> {
  rmSync('test-results', { recursive: true, force: true })
  mkdirSync('test-results', { recursive: true })
  const missing = ensureRequirements().map((what) => `could not run: ${what} is missing`)
  const done: Done[] = []
  const waiting = [...checks]
  const line = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) done.push(await doAside(step))
  }
  await Promise.all(Array.from({ length: availableParallelism() }, line))
  for (const step of runs) done.push(await doNow(step))

  const samples = process.env['PIAOZAI_SAMPLES'] ?? '../shared/samples'
  if (!existsSync(samples)) console.log('No sample files: what is read from real files was not checked (PIAOZAI_SAMPLES).')
  const failures = [...missing, ...done.filter(({ count }) => count.failed > 0).map(({ name }) => name)]
  if (failures.length > 0) console.log(`Failed: ${failures.join('; ')}`)
  const passed = done.reduce((sum, { count }) => sum + count.passed, 0)
  const failed = done.reduce((sum, { count }) => sum + count.failed, missing.length)
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

/** One of several at a time: what it writes is shown when it has ended. */
async function doAside(step: Step): Promise<Done> {
  const [program, ...args] = step.command
  const started = performance.now()
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...step.env } })
  const [out, err, ok] = await Promise.all([text(child.stdout), text(child.stderr), succeeds(child)])
  console.log(`--- ${step.name}\n${out}${err}`.trimEnd())
  return tell(step, ok, started)
}

async function doNow(step: Step): Promise<Done> {
  const [program, ...args] = step.command
  console.log(`--- ${step.name}`)
  const started = performance.now()
  const ok = await succeeds(spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...step.env } }))
  return tell(step, ok, started)
}

/** Also false when the program cannot even be started. */
function succeeds(child: ChildProcess): Promise<boolean> {
  return once(child, 'close').then(
    ([code]) => code === 0,
    () => false,
  )
}

function tell({ name, count }: Step, ok: boolean, started: number): Done {
  const counted = count?.() ?? { passed: ok && !count ? 1 : 0, failed: ok && !count ? 0 : 1 }
  // A command that fails although every counted check passed has failed all the same.
  const { passed, failed } = !ok && counted.failed === 0 ? { ...counted, failed: 1 } : counted
  const seconds = ((performance.now() - started) / 1000).toFixed(0)
  console.log(`${failed === 0 ? 'ok' : 'FAILED'}  ${name}  ${passed} passed, ${failed} failed  ${seconds} s`)
  return { name, count: { passed, failed } }
}

process.exitCode = await main()
