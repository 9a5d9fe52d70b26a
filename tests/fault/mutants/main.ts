import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mutants, type Mutant } from './mutants.ts'

/** Breaks a copy of the outbox in one place after the other and runs its tests: every break must be noticed. Words select among them. */

const report = 'test-results/mutants.json'
/** Cheap before dear: what the first run notices need not be run again. */
const runs: readonly (readonly string[])[] = [
  ['tests/outbox', 'tests/capture/capture.test.ts', 'tests/fault/r10-states.test.ts'],
  ['tests/fault/r1-kill.test.ts', '-t', 'any edge of capture'],
  ['tests/fault/r2-http.test.ts'],
]
/** A broken drain may never end. */
const patience = 300_000

function makeCopy(): string {
  const copy = mkdtempSync(join(tmpdir(), 'piaozai-mutants-'))
  for (const path of ['src', 'package.json', 'tsconfig.base.json', 'tests/outbox', 'tests/capture', 'tests/fixtures', 'tests/fault'])
    cpSync(path, join(copy, path), { recursive: true })
  symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'))
  const config = "export default { test: { testTimeout: 20_000, include: ['tests/**/*.test.ts'] } }\n"
  writeFileSync(join(copy, 'vitest.config.ts'), config)
  return copy
}

/** True when all of its tests pass. */
function passes(copy: string, args: readonly string[]): boolean {
  const vitest = join(process.cwd(), 'node_modules/vitest/vitest.mjs')
  const { status } = spawnSync(process.execPath, [vitest, 'run', '--bail=1', ...args], { cwd: copy, stdio: 'ignore', timeout: patience })
  return status === 0
}

/** The first run that notices the mutant; null when it survives them all. */
function killerOf(copy: string, { file, from, to }: Mutant): string | null {
  const path = join(copy, file)
  const original = readFileSync(path, 'utf8')
  if (original.split(from).length !== 2) throw new Error(`${file} does not hold exactly once: ${from}`)
  writeFileSync(
    path,
    original.replace(from, () => to),
  )
  try {
    return runs.find((args) => !passes(copy, args))?.[0] ?? null
  } finally {
    writeFileSync(path, original)
  }
}

function main(words: readonly string[]): number {
  const copy = makeCopy()
  const survivors: string[] = []
  const chosen = mutants.filter(({ file, breaks }) => words.length === 0 || words.some((word) => `${file}: ${breaks}`.includes(word)))
  try {
    // Unbroken, they must pass, or a kill says nothing.
    if (!runs.every((args) => passes(copy, args))) throw new Error('the tests fail without any mutation')
    for (const mutant of chosen) {
      const killer = killerOf(copy, mutant)
      const name = `${mutant.file}: ${mutant.breaks}`
      if (killer === null) survivors.push(name)
      console.log(`${killer === null ? 'SURVIVED' : 'killed'}  ${name}${killer === null ? '' : `  (${killer})`}`)
    }
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
  const passed = chosen.length - survivors.length
  mkdirSync('test-results', { recursive: true })
  writeFileSync(report, JSON.stringify({ passed, failed: survivors.length }))
  console.log(`R10: ${chosen.length} mutants of outbox and drain, ${passed} killed`)
  return survivors.length === 0 ? 0 : 1
}

process.exitCode = main(process.argv.slice(2))
