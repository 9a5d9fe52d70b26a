import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'
import { filesUnder } from './assets.node.ts'

const compressible = /\.(html|css|js|json|webmanifest|svg|txt|wasm)$/

/** Writes `x.br` and `x.gz` beside every built file that gets smaller by it, so that the gateway never compresses while it serves. */
export function compressed(): Plugin {
  let outDir = ''
  let written = false
  return {
    name: 'piaozai:compress',
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
        for (const file of filesUnder(outDir).filter((name) => compressible.test(name))) compress(resolve(outDir, file))
      },
    },
  }
}

function compress(path: string): void {
  const bytes = readFileSync(path)
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: statSync(path).size }
  const brotli = brotliCompressSync(bytes, { params })
  if (brotli.length < bytes.length) writeFileSync(`${path}.br`, brotli)
  const gzip = gzipSync(bytes, { level: 9 })
  if (gzip.length < bytes.length) writeFileSync(`${path}.gz`, gzip)
}
