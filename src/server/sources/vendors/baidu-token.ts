import type { Clock } from '../../clock.ts'
import type { Send } from '../../egress/egress.ts'
import { readObject, textIn } from './reply.ts'

export interface BaiduKey {
  readonly apiKey: string
  readonly secretKey: string
}

/** The key or the secret is wrong: nothing but the operator helps. */
export class BaiduKeyError extends Error {}

/** The access token, which serves for a month and is asked for by everybody at once at most once. */
export interface BaiduToken {
  get(signal: AbortSignal): Promise<string>
  /** It was refused: the next one is asked for anew. */
  forget(token: string): void
}

/** It is renewed so long before its end. */
const marginMs = 24 * 3_600_000

export function createBaiduToken({ apiKey, secretKey }: BaiduKey, origin: string, send: Send, clock: Clock): BaiduToken {
  let known: { readonly token: string; readonly until: number } | null = null
  let underWay: Promise<string> | null = null

  async function fetchToken(signal: AbortSignal): Promise<string> {
    const query = new URLSearchParams({ grant_type: 'client_credentials', client_id: apiKey, client_secret: secretKey })
    const headers = { 'Content-Type': 'application/json', Accept: 'application/json' }
    const reply = readObject(await send({ method: 'POST', url: `${origin}/oauth/2.0/token?${query}`, headers }, signal))
    const token = textIn(reply, 'access_token')
    if (token === null) {
      if (textIn(reply, 'error') === 'invalid_client') throw new BaiduKeyError('the API key or the secret key is wrong')
      throw new Error('the source gave no token')
    }
    known = { token, until: clock.now() + Number(textIn(reply, 'expires_in') ?? 0) * 1000 - marginMs }
    return token
  }

  return {
    async get(signal) {
      if (known !== null && clock.now() < known.until) return known.token
      underWay ??= fetchToken(signal).finally(() => (underWay = null))
      return underWay
    },
    forget(token) {
      if (known?.token === token) known = null
    },
  }
}
