import { existsSync, readFileSync } from 'node:fs'

/** How many checks a step made, and how many of them failed. */
export interface Count {
  readonly passed: number
  readonly failed: number
}

/** One command of `npm test`. */
export interface Step {
  readonly name: string
  readonly command: readonly [string, ...string[]]
  /** What it is told beside what this process was. */
  readonly env?: Readonly<Record<string, string>>
  /** Reads the counts the command left behind; without it the exit code is one check. */
  readonly count?: () => Count | null
}

const vitestReport = 'test-results/vitest.json'
const mutantsReport = 'test-results/mutants.json'

/** What only `npm run test:long` does. */
const longSteps: readonly Step[] = [
  { name: 'mutants of the outbox', command: ['node', 'tests/fault/mutants/main.ts'], count: () => readMutants(mutantsReport) },
]

/** What reads the sources and disturbs nobody: run side by side, as many as there are cores, dear before cheap. The build is one of them. */
export const checks: readonly Step[] = [
  { name: 'types: tests', command: ['vue-tsc', '-p', 'tests/tsconfig.json'] },
  { name: 'lint', command: ['eslint', '.', '--max-warnings', '0'] },
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', 'src', 'tests', '*.{js,ts,json}'] },
  { name: 'build', command: ['npm', 'run', 'build'] },
  { name: 'types: page', command: ['vue-tsc', '-p', 'src/tsconfig.page.json'] },
  { name: 'types: node', command: ['tsc', '-p', 'src/tsconfig.node.json'] },
  { name: 'types: worker', command: ['tsc', '-p', 'src/tsconfig.worker.json'] },
  { name: 'types: domain and api alone', command: ['tsc', '-p', 'src/tsconfig.pure.json'] },
  { name: 'lock file', command: ['npm', 'ci', '--dry-run', '--ignore-scripts', '--no-audit'] },
]

/** What runs the product, one after the other, once it is built. */
export const runs: readonly Step[] = [
  {
    name: 'unit',
    command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`],
    count: () => readVitest(vitestReport),
  },
  browser('end to end', 'together'),
  browser('end to end, measured', 'measured', '--workers=1'),
  ...(process.env['PIAOZAI_TEST_LONG'] ? longSteps : []),
]

function browser(name: string, project: string, ...more: readonly string[]): Step {
  const report = `test-results/playwright-${project}.json`
  return {
    name,
    command: ['playwright', 'test', `--project=${project}`, ...more],
    env: { PIAOZAI_BROWSER_REPORT: report },
    count: () => readPlaywright(report),
  }
}

interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly { readonly status: string }[] }[]
}

function readVitest(path: string): Count | null {
  if (!existsSync(path)) return null
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(path, 'utf8')) as VitestReport
  // A file that cannot even be loaded has no failed test.
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
  )
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length }
}

/** Killed mutants have passed, survivors have failed. */
function readMutants(path: string): Count | null {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Count) : null
}

function readPlaywright(path: string): Count | null {
  if (!existsSync(path)) return null
  const { stats } = JSON.parse(readFileSync(path, 'utf8')) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  }
  // A test that passes only sometimes, or did not run, has not passed.
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped }
}
