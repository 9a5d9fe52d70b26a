import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What people string together otherwise: the text by poppler, the QR by zbar from a picture of the page. */
const tools = ['pdftotext', 'pdftoppm', 'zbarimg'] as const

/** The tools that are not installed here. */
export function missingTools(): string[] {
  return tools.filter((tool) => spawnSync(tool, ['--version']).error !== undefined)
}

/** Milliseconds that the tools take for a file, each a process of its own, as they are used. */
export function timeOfTools(bytes: Uint8Array): number {
  const folder = mkdtempSync(join(tmpdir(), 'piaozai-pdf-'))
  try {
    const path = join(folder, 'a.pdf')
    writeFileSync(path, bytes)
    const quiet: { stdio: ('ignore' | 'pipe')[] } = { stdio: ['ignore', 'pipe', 'ignore'] }
    const start = performance.now()
    execFileSync('pdftotext', ['-layout', path, join(folder, 'a.txt')], quiet)
    execFileSync('pdftoppm', ['-r', '200', '-gray', '-f', '1', '-l', '1', path, join(folder, 'page')], quiet)
    // It ends with 4 when it finds nothing.
    spawnSync('sh', ['-c', `zbarimg -q --raw ${folder}/page*`], quiet)
    return performance.now() - start
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
