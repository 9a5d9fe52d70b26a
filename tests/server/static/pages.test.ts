import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { finished, json } from '../../../src/server/http/reply.ts'
import { appPages } from '../../../src/server/static/pages.ts'
import { ask } from '../kit/ask.ts'
import { testGateway } from '../kit/gateway.ts'

let folder = ''
beforeAll(() => {
  const root = mkdtempSync(join(tmpdir(), 'piaozai-static-'))
  folder = join(root, 'app')
  mkdirSync(join(folder, 'assets'), { recursive: true })
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
  writeFileSync(join(root, 'secret.txt'), 'not for the web')
  write('index.html', '<!doctype html><title>page</title>')
  write('sw.js', 'precache("index.html", "abc__HEADERS_DIGEST__")')
  write('assets/main-Abcd1234.js', 'export {}')
  write('assets/main-Abcd1234.js.br', 'brotli bytes')
  write('robots.txt', 'x')
})
afterAll(() => rmSync(join(folder, '..'), { recursive: true }))

const pagesWith = (channels: string[] = []) => appPages(folder, { channels, statusHosts: [], publicUrl: null })

function gateway(channels?: string[]) {
  const made = testGateway({ pages: pagesWith(channels) })
  return async (path: string, init?: RequestInit) => (await made).fetch(path, init)
}

describe('the built app', () => {
  it.each(['/', '/scan', '/invoices/0199-abc', '/R', '/no/such/page', '/index.html'])('has its one document at %s', async (path) => {
    const response = await gateway()(path)
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('Cache-Control')).toBe('no-cache')
    expect(await response.text()).toContain('<title>page</title>')
  })

  it.each([
    '/api/v1/nothing',
    '/.well-known/other.json',
    '/healthz',
    '/status.json',
    '/assets/gone-12345678.js',
    '/missing.png',
    '/icons/',
  ])('is not an answer to %s', async (path) => {
    const pages = pagesWith()
    const response = await ask((incoming) => Promise.resolve(finished(pages(incoming) ?? json({}, 404), [])), `http://gateway${path}`)
    expect(response.status).toBe(404)
  })

  it('never leaves its folder', async () => {
    for (const path of [
      '/../secret.txt',
      '/..%2fsecret.txt',
      '/%2e%2e/secret.txt',
      '/assets/..%2f..%2fsecret.txt',
      '/assets\\..\\..\\secret.txt',
    ])
      expect(await (await gateway()(path)).text(), path).not.toContain('not for the web')
  })

  it('sends hashed files to be kept for a year, in brotli when asked', async () => {
    const response = await gateway()('/assets/main-Abcd1234.js', { headers: { 'Accept-Encoding': 'gzip, br' } })
    expect(response.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable')
    expect(response.headers.get('Content-Encoding')).toBe('br')
    expect(response.headers.get('Vary')).toBe('Accept-Encoding')
    expect(await response.text()).toBe('brotli bytes')
  })

  it('is not sent again to whoever has it', async () => {
    const ask = gateway()
    const tag = (await ask('/')).headers.get('ETag') ?? ''
    const again = await ask('/', { headers: { 'If-None-Match': `"other", W/${tag}` } })
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')
  })

  it('tells HEAD the size without the bytes and refuses to be written to', async () => {
    const head = await gateway()('/robots.txt', { method: 'HEAD' })
    expect([head.status, head.headers.get('Content-Length'), await head.text()]).toEqual([200, '1', ''])
    expect((await gateway()('/', { method: 'POST' })).status).toBe(404)
  })

  it('changes the worker when the headers change, so that pages with an old policy are fetched anew', async () => {
    const worker = async (channels: string[]) => {
      const response = await gateway(channels)('/sw.js', { headers: { 'Accept-Encoding': 'br' } })
      expect(response.headers.get('Cache-Control')).toBe('no-cache')
      return brotliDecompressSync(Buffer.from(await response.arrayBuffer())).toString()
    }
    const before = await worker([])
    expect(before).toMatch(/^precache\("index.html", "abc[0-9a-f]{12}"\)$/)
    expect(await worker([])).toBe(before)
    expect(await worker(['https://other.example'])).not.toBe(before)
  })

  it('carries the security headers on every route, found or not', async () => {
    for (const path of ['/', '/api/v1/status', '/api/none', '/sw.js']) {
      const { headers } = await gateway()(path)
      expect(headers.get('X-Content-Type-Options'), path).toBe('nosniff')
      expect(headers.get('Content-Security-Policy'), path).toContain("default-src 'none'")
      expect(headers.get('Cross-Origin-Opener-Policy'), path).toBe('same-origin')
    }
  })
})
