import { readdirSync, readFileSync } from 'node:fs'
import { matchesGlob, relative, resolve } from 'node:path'
import { Script } from 'node:vm'
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

/** Why a browser would refuse the service worker's script: it has to be a classic one that needs nothing else. */
export function brokenWorker(script: string): string[] {
  try {
    new Script(script)
  } catch (error) {
    return [`sw.js is not a classic script: ${error instanceof Error ? error.message : 'it does not parse'}`]
  }
  return /\bimport\s*\(/.test(script) ? ['sw.js imports something later, which service workers may not'] : []
}

/** Fails the build when {@link unaccounted} or {@link brokenWorker} finds anything. Runs after the precache manifest is made. */
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
        const problems = [
          ...unaccounted(filesUnder(outDir), precached, Object.keys(lazyAssets)),
          ...brokenWorker(readFileSync(resolve(outDir, 'sw.js'), 'utf8')),
        ]
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
