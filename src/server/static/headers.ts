import { createHash } from 'node:crypto'
import { isIP } from 'node:net'

/** What the headers depend on: other origins the app may talk to, and the origin it is published under (null: not told). */
export interface HeaderSettings {
  readonly channels: readonly string[]
  readonly statusHosts: readonly string[]
  readonly publicUrl: string | null
}

export type Headers = Readonly<Record<string, string>>

/**
 * The headers of every response, pages and API alike. Nothing inline, nothing from elsewhere, no string may become script or markup
 * (Trusted Types). The embedder and resource policies cost nothing, since everything is served from here, and let WebAssembly use threads.
 */
export function securityHeaders(settings: HeaderSettings): Headers {
  return {
    'Content-Security-Policy': contentSecurityPolicy(settings),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(self), geolocation=(), microphone=(), payment=(), usb=()',
    ...(isPublicHttps(settings.publicUrl) && { 'Strict-Transport-Security': 'max-age=31536000' }),
  }
}

/** A short name of the headers: two gateways that send the same ones give the same. */
export function headersDigest(headers: Headers): string {
  return createHash('sha256')
    .update(JSON.stringify(Object.entries(headers).sort()))
    .digest('hex')
    .slice(0, 12)
}

function contentSecurityPolicy({ channels, statusHosts }: HeaderSettings): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    ['connect-src', "'self'", ...new Set([...channels, ...statusHosts])].join(' '),
    "img-src 'self' blob: data:",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ')
}

/** Strict transport is a promise for a year: never made for a name of this house or an address that others will get tomorrow. */
function isPublicHttps(publicUrl: string | null): boolean {
  if (publicUrl === null) return false
  const { protocol, hostname } = new URL(publicUrl)
  const isLocalName = !hostname.includes('.') || /\.(local|localhost|internal|lan|home\.arpa|test)$/.test(hostname)
  return protocol === 'https:' && !isLocalName && isIP(hostname) === 0 && !hostname.startsWith('[')
}
