import { cpSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** A copy of the built product that a gateway can be started from and that {@link releaseNext} may change. */
export function copyOfDist(folder: string): string {
  const dist = join(folder, 'dist')
  cpSync('dist', dist, { recursive: true })
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  return dist
}

/**
 * Turns a built app into what the next release is to a browser: every hashed file has another name, the old names are gone,
 * and the pages name the new ones.
 */
export function releaseNext(dist: string): void {
  const app = join(dist, 'app')
  const assets = join(app, 'assets')
  const renamed = new Map<string, string>()
  for (const name of readdirSync(assets)) {
    if (/\.(br|gz)$/.test(name)) rmSync(join(assets, name))
    else
      renamed.set(name, name.replace(/-[\w-]{8}\.(?=\w+$)/, '-NextNext.').replace('NextNext', `N${String(renamed.size).padStart(7, '0')}`))
  }
  for (const [from, to] of renamed) renameSync(join(assets, from), join(assets, to))
  for (const entry of readdirSync(app, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (/\.(br|gz)$/.test(entry.name)) rmSync(path)
    else if (/\.(html|js|css)$/.test(entry.name)) {
      const text = readFileSync(path, 'utf8')
      writeFileSync(
        path,
        [...renamed].reduce((all, [from, to]) => all.replaceAll(from, to), text),
      )
    }
  }
  // The document is another one too, so its revision has to be.
  const worker = join(app, 'sw.js')
  writeFileSync(worker, readFileSync(worker, 'utf8').replace(/("revision":\s*")([0-9a-f]{8})/g, '$1nextnext'))
}
