import { createHash, createHmac } from 'node:crypto'

/** A request of Tencent Cloud's API 3.0 that is to be signed. */
export interface TencentRequest {
  readonly host: string
  /** The first label of the host: `ocr`. */
  readonly service: string
  readonly contentType: string
  readonly payload: string
  /** Seconds since the epoch. */
  readonly timestamp: number
}

export interface TencentKey {
  readonly secretId: string
  readonly secretKey: string
}

/**
 * The `Authorization` of a `POST /` by TC3-HMAC-SHA256 (签名方法 v3), signing the headers content-type and host.
 * Held to the example that Tencent publishes.
 */
export function signTencent(
  { host, service, contentType, payload, timestamp }: TencentRequest,
  { secretId, secretKey }: TencentKey,
): string {
  const headers = `content-type:${contentType}\nhost:${host}\n`
  const signed = 'content-type;host'
  const canonical = ['POST', '/', '', headers, signed, sha256(payload)].join('\n')
  const date = new Date(timestamp * 1000).toISOString().slice(0, 10)
  const scope = `${date}/${service}/tc3_request`
  const toSign = ['TC3-HMAC-SHA256', timestamp, scope, sha256(canonical)].join('\n')
  const key = [date, service, 'tc3_request'].reduce<string | Buffer>(
    (made, part) => createHmac('sha256', made).update(part).digest(),
    `TC3${secretKey}`,
  )
  const signature = createHmac('sha256', key).update(toSign).digest('hex')
  return `TC3-HMAC-SHA256 Credential=${secretId}/${scope}, SignedHeaders=${signed}, Signature=${signature}`
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
