import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { ensureRequirements } from './requirements.ts'
import { steps, type Count, type Step } from './steps.ts'

/** Runs every step, whatever failed before it, and closes with `N passed, N failed`. */
function main(): number {
  rmSync('test-results', { recursive: true, force: true })
  mkdirSync('test-results', { recursive: true })
  const failures = ensureRequirements().map((what) => `could not run: ${what} is missing`)
  let passed = 0
  let failed = failures.length
  for (const step of steps) {
    const { count, ok, seconds } = run(step)
    passed += count.passed
    failed += count.failed
    if (count.failed > 0) failures.push(step.name)
    console.log(
      `${ok && count.failed === 0 ? 'ok' : 'FAILED'}  ${step.name}  ${count.passed} passed, ${count.failed} failed  ${seconds.toFixed(0)} s`,
    )
  }
  const samples = process.env['PIAOZAI_SAMPLES'] ?? '../shared/samples'
  if (!existsSync(samples)) console.log('No sample files: what is read from real files was not checked (PIAOZAI_SAMPLES).')
  if (failures.length > 0) console.log(`Failed: ${failures.join('; ')}`)
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

function run({ name, command: [program, ...args], count }: Step): { count: Count; ok: boolean; seconds: number } {
  console.log(`--- ${name}`)
  const started = performance.now()
  const ok = spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0
  const seconds = (performance.now() - started) / 1000
  const counted = count?.() ?? { passed: ok && !count ? 1 : 0, failed: ok && !count ? 0 : 1 }
  // A command that fails although every counted check passed has failed all the same.
  return { count: !ok && counted.failed === 0 ? { ...counted, failed: 1 } : counted, ok, seconds }
}

process.exitCode = main()
