import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import type { Encoding } from './encoding.ts'

/** One file that is served: its bytes in every coding it exists in. */
export interface StaticFile {
  readonly type: string
  /** Strong entity tag of the uncoded bytes, without quotes; each coding is told apart by a suffix. */
  readonly tag: string
  /** Named after its content: whoever has it never needs to ask again. */
  readonly immutable: boolean
  readonly bytes: Readonly<Partial<Record<Encoding, Uint8Array<ArrayBuffer>>>> & { readonly identity: Uint8Array<ArrayBuffer> }
}

/** By the path of its URL. What is not in here is not served: a path is looked up, never joined to a folder. */
export type StaticFiles = ReadonlyMap<string, StaticFile>

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
}

/** Reads the built app with its precompressed copies. Empty when it has not been built. */
export function readStaticFiles(folder: string): StaticFiles {
  const files = new Map<string, StaticFile>()
  if (!existsSync(folder)) return files
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || /\.(br|gz)$/.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    const url = `/${relative(folder, path).split(sep).join('/')}`
    files.set(url, staticFile(url, readFileSync(path), { br: read(`${path}.br`), gzip: read(`${path}.gz`) }))
  }
  return files
}

/** A file made of its bytes; codings that are missing are left out. */
export function staticFile(url: string, identity: Buffer, coded: Partial<Record<Encoding, Buffer | undefined>> = {}): StaticFile {
  return {
    type: types[extname(url)] ?? 'application/octet-stream',
    tag: createHash('sha256').update(identity).digest('base64url').slice(0, 22),
    immutable: /^\/assets\/.+-[\w-]{8,}\.\w+$/.test(url),
    bytes: {
      identity: new Uint8Array(identity),
      ...(coded.br && { br: new Uint8Array(coded.br) }),
      ...(coded.gzip && { gzip: new Uint8Array(coded.gzip) }),
    },
  }
}

function read(path: string): Buffer | undefined {
  return existsSync(path) ? readFileSync(path) : undefined
}
