import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../server/index.ts'

/**
 * The configuration of `npm start`: on empty data the source `demo` is added, and remembered there, so that the same data answer the same
 * way at the next start. Data of somebody's own, or sources that were named, are left as they are.
 */
export function demoConfig(config: Config): Config {
  if (config.sourcesGiven) return config
  const marker = join(config.data, 'demo')
  if (!existsSync(marker)) {
    if (existsSync(config.data) && readdirSync(config.data).some((name) => name !== 'ca')) return config
    mkdirSync(config.data, { recursive: true, mode: 0o700 })
    writeFileSync(marker, 'npm start found no data here and added demonstration data. Without this file it does not.\n')
  }
  return { ...config, sources: [...config.sources, 'demo'] }
}
