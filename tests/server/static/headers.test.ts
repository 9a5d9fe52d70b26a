import { describe, expect, it } from 'vitest'
import { headersDigest, securityHeaders } from '../../../src/server/static/headers.ts'

const plain = { channels: [], statusHosts: [], publicUrl: null }
const csp = (settings: Parameters<typeof securityHeaders>[0]) => securityHeaders(settings)['Content-Security-Policy'] ?? ''

describe('the headers of every response', () => {
  it('allow nothing but the own origin, and no string to become script or markup', () => {
    expect(csp(plain)).toBe(
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self' blob: data:; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
    )
  })

  it('let the app connect to the channels and status hosts of the settings, each named once', () => {
    const settings = {
      ...plain,
      channels: ['https://a.example', 'https://b.example'],
      statusHosts: ['https://b.example', 'https://s.example'],
    }
    expect(csp(settings)).toContain("connect-src 'self' https://a.example https://b.example https://s.example;")
  })

  it('promise strict transport only for a public name over https', () => {
    const promises = (publicUrl: string | null) => 'Strict-Transport-Security' in securityHeaders({ ...plain, publicUrl })
    expect(promises('https://piaozai.example')).toBe(true)
    for (const url of [
      null,
      'http://piaozai.example',
      'https://localhost:8443',
      'https://phone.local',
      'https://gateway',
      'https://192.168.1.9:8443',
      'https://[fd00::2]',
      'https://x.home.arpa',
    ])
      expect(promises(url), String(url)).toBe(false)
  })

  it('have another digest as soon as one of them changes', () => {
    const before = headersDigest(securityHeaders(plain))
    expect(headersDigest(securityHeaders({ ...plain }))).toBe(before)
    expect(headersDigest(securityHeaders({ ...plain, channels: ['https://a.example'] }))).not.toBe(before)
  })
})
