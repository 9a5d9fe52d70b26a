import { Agent as HttpAgent, request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { TimeoutError, withTimeout, type Clock } from '../clock.ts'
import { readBody, refuseHead } from './body.ts'
import { EgressError } from './error.ts'
import { checkedLookup, refuseLiteral, type Resolve } from './resolve.ts'

/** A request as a source makes it. */
export interface Outgoing {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** An answer that may be looked at: JSON by its own word, small, no redirect. */
export interface Incoming {
  readonly status: number
  readonly body: string
}

/** Sends one request. @throws {EgressError} and whatever the network throws; aborts with the signal. */
export type Send = (outgoing: Outgoing, signal: AbortSignal) => Promise<Incoming>

/** The only way out of the gateway: for the origins it is given, a {@link Send} that reaches those and nothing else. */
export type Egress = (origins: readonly string[]) => Send

export interface EgressNeeds {
  readonly clock: Clock
  readonly resolve: Resolve
  /** Allows this machine itself, and there plain HTTP. For tests only. */
  readonly loopback?: boolean
}

/** Milliseconds an exchange may take, from the look-up to the last byte. */
export const egressTimeoutMs = 5000

/**
 * Makes the egress. It is built on `node:https`, not on the global fetch, whose connections cannot be given a look-up: the address that was
 * checked has to be the one that is connected to. Connections are kept and used again; each was checked when it was made.
 */
export function createEgress({ clock, resolve, loopback = false }: EgressNeeds): Egress {
  const lookup = checkedLookup(resolve, loopback)
  const agents = { 'https:': new HttpsAgent({ keepAlive: true }), 'http:': new HttpAgent({ keepAlive: true }) }

  function open(url: URL, { method, headers, body }: Outgoing, signal: AbortSignal): Promise<IncomingMessage> {
    return new Promise((done, fail) => {
      const options = { method, headers: { ...headers, 'Accept-Encoding': 'identity' }, lookup, signal }
      const request: ClientRequest =
        url.protocol === 'https:'
          ? httpsRequest(url, { ...options, agent: agents['https:'] })
          : httpRequest(url, { ...options, agent: agents['http:'] })
      request.once('response', done)
      request.on('error', fail)
      request.end(body)
    })
  }

  async function exchange(url: URL, outgoing: Outgoing, signal: AbortSignal): Promise<Incoming> {
    const message = await open(url, outgoing, signal)
    try {
      refuseHead(message)
      return { status: message.statusCode ?? 0, body: await readBody(message) }
    } catch (error) {
      message.destroy() // what was not read to its end must not be read by anybody else
      throw error
    }
  }

  return (origins) => {
    const allowed = new Set(origins.map((origin) => new URL(origin).origin))
    return async (outgoing, signal) => {
      const url = allowedUrl(outgoing.url, allowed, loopback)
      try {
        return await withTimeout(clock, egressTimeoutMs, (late) => exchange(url, outgoing, AbortSignal.any([signal, late])))
      } catch (error) {
        throw error instanceof TimeoutError ? new EgressError('too-slow') : error
      }
    }
  }
}

function allowedUrl(text: string, allowed: ReadonlySet<string>, loopback: boolean): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !allowed.has(url.origin) || url.username !== '' || url.password !== '') throw new EgressError('not-allowed')
  if (url.protocol !== 'https:' && !(loopback && url.protocol === 'http:')) throw new EgressError('not-allowed')
  refuseLiteral(url.hostname, loopback)
  return url
}
