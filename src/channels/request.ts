import { problem } from '../api/index.ts'
import { parseJson, readBody } from './body.ts'
import type { ChannelDeps } from './channels.ts'
import type { ChannelError, Reply } from './error.ts'
import { parseRetryAfter } from './retry-after.ts'

/** No gateway takes longer than 5 s; after this the reply is not waited for, in milliseconds. */
export const replyLimit = 10_000

/** A schema of src/api, as far as a request needs it. */
export interface Schema<T> {
  safeParse(value: unknown): { readonly success: true; readonly data: T } | { readonly success: false }
}

/** What is sent. A body makes it a POST; `named` sends the device's pseudonym along. */
export interface Sent {
  readonly url: string
  readonly body?: unknown
  readonly named: boolean
}

const failed = (error: ChannelError): { ok: false; error: ChannelError } => ({ ok: false, error })
const timedOut = failed({ is: 'gateway-down', because: 'timeout' })
const unreachable = failed({ is: 'gateway-down', because: 'unreachable' })
const stranger = failed({ is: 'not-a-gateway' })

/** One request to one host: everything that can go wrong is classified here and nowhere else. Only a reply that its schema accepts is one. */
export async function request<T>(deps: ChannelDeps, sent: Sent, schema: Schema<T>): Promise<Reply<T>> {
  const abort = new AbortController()
  let stopTimer = () => {}
  const limit = new Promise<Reply<T>>((resolve) => {
    stopTimer = deps.clock.after(replyLimit, () => {
      resolve(timedOut)
      abort.abort()
    })
  })
  const attempt = send(deps, sent, abort.signal)
    .then((response) => judge(deps, response, schema))
    .catch(() => unreachable)
  try {
    // The race, because a body may hang on although its request was aborted.
    return await Promise.race([attempt, limit])
  } finally {
    stopTimer()
  }
}

async function send(deps: ChannelDeps, { url, body, named }: Sent, signal: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (named) headers['Piaozai-Device'] = await deps.deviceId()
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  return deps.fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal,
    // A redirect is a login page or a stranger; a reply from a cache says nothing about now.
    redirect: 'manual',
    cache: body === undefined ? 'no-cache' : 'no-store',
    credentials: 'omit',
  })
}

async function judge<T>(deps: ChannelDeps, response: Response, schema: Schema<T>): Promise<Reply<T>> {
  const { status } = response
  if (response.type === 'opaqueredirect' || (status >= 300 && status < 400)) return stranger
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  const text = await readBody(response)
  const json = isJson && text !== null ? parseJson(text) : undefined
  if (status === 200) {
    const parsed = schema.safeParse(json)
    return parsed.success ? { ok: true, value: parsed.data } : stranger
  }
  const parsed = problem.safeParse(json)
  const code = parsed.success ? parsed.data.code : null
  const retryAfter = response.headers.get('retry-after')
  if (status === 429 || status === 503) {
    if (code === null && retryAfter === null) return failed({ is: 'gateway-down', because: 'server-error' })
    const reason = code === 'maintenance' ? 'maintenance' : 'overload'
    return failed({ is: 'overloaded', retryAfter: parseRetryAfter(retryAfter, deps.clock.now()), reason })
  }
  if (status === 408 || status === 504) return timedOut
  if (status >= 500 && status !== 511) return failed({ is: 'gateway-down', because: 'server-error' })
  if (status === 413) return failed({ is: 'rejected', status, code: code ?? 'body-too-large' })
  // Only these speak of what was sent; any other refusal means that the gateway we know is not there.
  if (code !== null && (status === 400 || status === 409 || status === 422)) return failed({ is: 'rejected', status, code })
  return stranger
}
