import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { staticFile, type StaticFile } from './files.ts'

/** What the build leaves in sw.js for the digest of the headers. */
const placeholder = '__HEADERS_DIGEST__'

/**
 * The service worker of this gateway: the revisions of its pages carry the digest of the headers they are served with. So an operator who
 * changes a setting that changes the CSP changes the worker, and browsers fetch the pages anew instead of keeping the old policy.
 */
export function workerWith(digest: string, { bytes }: StaticFile): StaticFile {
  const script = Buffer.from(Buffer.from(bytes.identity).toString('utf8').replaceAll(placeholder, digest))
  const br = brotliCompressSync(script, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
  return staticFile('/sw.js', script, { br, gzip: gzipSync(script) })
}
