import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder this command line belongs to: `src/cli` and `dist/cli` lie equally deep in it. */
export const home = fileURLToPath(new URL('../../../', import.meta.url))

/** What Node needs to run a script of the checkout; Node 22.13 to 22.17 read TypeScript only when told to. */
export const nodeArgs: readonly string[] = process.features.typescript ? [] : ['--experimental-strip-types', '--no-warnings']

/**
 * Benchmarks and the device half of the drill are no part of an installed product.
 * @throws a sentence that says what is missing of the checkout in `folder`, and what helps.
 */
export function needCheckout(folder: string): void {
  if (!existsSync(join(folder, 'tests/bench'))) {
    throw new Error(`tests/bench is missing in ${folder}: this command needs a checkout of the source with its dev dependencies`)
  }
  const { devDependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    devDependencies?: Readonly<Record<string, string>>
  }
  const missing = Object.keys(devDependencies).filter((name) => !existsSync(join(folder, 'node_modules', name)))
  if (missing.length > 0) {
    const named = missing.length > 5 ? [...missing.slice(0, 5), '…'] : missing
    throw new Error(`dev dependencies are missing (${named.join(', ')}): npm ci in ${folder} brings them`)
  }
}
