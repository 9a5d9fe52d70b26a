import { readdirSync } from 'node:fs'
import { matchesGlob, relative, resolve } from 'node:path'
import type { Plugin } from 'vite'
import { lazyAssets } from './lazy.node.ts'

/** Files the worker itself or the browser's update check needs; a worker never caches itself. */
const ofTheWorker = ['sw.js']

/**
 * What would break the app offline without anybody noticing: built files that are neither precached nor declared lazy,
 * and declarations that match nothing any more.
 */
export function unaccounted(files: readonly string[], precached: ReadonlySet<string>, lazy: readonly string[]): string[] {
  const isLazy = (file: string) => lazy.some((glob) => matchesGlob(file, glob))
  const lost = files.filter((file) => !precached.has(file) && !isLazy(file) && !ofTheWorker.includes(file))
  const stale = lazy.filter((glob) => !files.some((file) => matchesGlob(file, glob)))
  return [
    ...lost.map((file) => `${file} is neither precached nor declared lazy: offline it would be missing (src/app/build/lazy.node.ts)`),
    ...stale.map((glob) => `${glob} is declared lazy, but no built file matches it`),
  ]
}

/** Fails the build when {@link unaccounted} finds anything. Runs after the precache manifest is made. */
export function everyAssetIsAccountedFor(precached: ReadonlySet<string>): Plugin {
  let outDir = ''
  let written = false
  return {
    name: 'piaozai:assets',
    apply: 'build',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir)
    },
    writeBundle() {
      written = true
    },
    closeBundle: {
      sequential: true,
      order: 'post',
      handler() {
        // It is called after a failed build too, whose own error is the one to tell.
        if (!written) return
        const problems = unaccounted(filesUnder(outDir), precached, Object.keys(lazyAssets))
        if (problems.length > 0) throw new Error(problems.join('\n'))
      },
    },
  }
}

/** Every file below a folder, as paths relative to it with forward slashes; compressed copies are not files of their own. */
export function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
    .map((entry) => relative(folder, resolve(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort()
}
