import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Script } from 'node:vm'
import type { Plugin } from 'vite'

/**
 * Why a browser would not start this text as a service worker of the classic kind, the only one Firefox and older Safari have; null when it
 * would. An `import()` anywhere in a room the worker shares brings `import.meta` into its script, and then no worker starts at all.
 */
export function faultOfClassicScript(code: string, name: string): string | null {
  try {
    new Script(code, { filename: name })
    return null
  } catch (error) {
    return `${name} cannot start as a worker: ${error instanceof Error ? error.message : 'it cannot be read'}`
  }
}

/** Fails the build when the service worker could not start. */
export function workerStarts(): Plugin {
  let outDir = ''
  let written = false
  return {
    name: 'piaozai:worker',
    apply: 'build',
    configResolved(config) {
      outDir = config.build.outDir
    },
    writeBundle() {
      written = true
    },
    closeBundle: {
      sequential: true,
      order: 'post',
      handler() {
        if (!written) return
        const fault = faultOfClassicScript(readFileSync(join(outDir, 'sw.js'), 'utf8'), 'sw.js')
        if (fault !== null) throw new Error(fault)
      },
    },
  }
}
