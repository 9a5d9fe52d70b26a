import { createHash, createHmac } from 'node:crypto'

/** A request of an Alibaba Cloud RPC-style API that is to be signed; parameters go into the query, the body is empty. */
export interface AliyunRequest {
  readonly host: string
  readonly action: string
  readonly version: string
  readonly query: Readonly<Record<string, string>>
  /** `2023-10-26T10:22:32Z` */
  readonly date: string
  /** Never the same twice. */
  readonly nonce: string
}

export interface AliyunKey {
  readonly keyId: string
  readonly keySecret: string
}

const emptyHash = createHash('sha256').update('').digest('hex')

/** The query as it is signed and sent: sorted, encoded by RFC 3986. */
export function aliyunQuery(query: AliyunRequest['query']): string {
  return Object.entries(query)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&')
}

/**
 * The headers of a `POST /` by ACS3-HMAC-SHA256 (V3 签名机制), `Host` left to whoever sends it. Held to the example that Alibaba Cloud publishes.
 */
export function signAliyun({ host, action, version, query, date, nonce }: AliyunRequest, { keyId, keySecret }: AliyunKey) {
  const own = {
    'x-acs-action': action,
    'x-acs-content-sha256': emptyHash,
    'x-acs-date': date,
    'x-acs-signature-nonce': nonce,
    'x-acs-version': version,
  }
  const headers = Object.entries({ host, ...own })
  const signed = headers.map(([name]) => name).join(';')
  const lines = headers.map(([name, value]) => `${name}:${value}\n`).join('')
  const canonical = ['POST', '/', aliyunQuery(query), lines, signed, emptyHash].join('\n')
  const toSign = `ACS3-HMAC-SHA256\n${createHash('sha256').update(canonical).digest('hex')}`
  const signature = createHmac('sha256', keySecret).update(toSign).digest('hex')
  return { ...own, Authorization: `ACS3-HMAC-SHA256 Credential=${keyId},SignedHeaders=${signed},Signature=${signature}` }
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}
