import { createServer as createHttpServer, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createGateway, type Gateway } from './app.ts'
import type { Config } from './config.ts'
import { systemEgress } from './egress/real.ts'
import { listenerOf, serverOptions } from './http/listener.ts'
import { createLog, type Logger } from './log.ts'
import { watchProcess } from './operations/readings.ts'
import { systemClock, systemRandom } from './real.ts'
import type { Pages } from './static/pages.ts'

/** A certificate with its chain, and its key. PEM. */
export interface Tls {
  readonly key: string
  readonly cert: string
}

/** What whoever starts a gateway may add to its configuration. */
export interface StartOptions {
  /** The pages of the app: called for every address that is not the gateway's own. */
  readonly pages?: Pages
  /** Serves HTTPS instead of HTTP. PEM texts. */
  readonly tls?: Tls
  readonly log?: Logger
}

/** A gateway that listens. */
export interface RunningGateway {
  /** Where it listens, e.g. `http://127.0.0.1:8080`. */
  readonly url: string
  readonly port: number
  readonly gateway: Gateway
  /** Connections from now on are served with this certificate; only for a gateway that was started with one. */
  useCertificate(tls: Tls): void
  /** Takes no more requests, finishes those under way (at most 6 s), parks the rest and closes the store. */
  stop(): Promise<void>
}

/**
 * Starts a gateway and resolves when it listens.
 * @throws when the port is taken or the data cannot be used.
 */
export async function startGateway(config: Config, { pages, tls, log = createLog() }: StartOptions = {}): Promise<RunningGateway> {
  const gateway = await createGateway({
    readings: watchProcess(),
    config,
    clock: systemClock,
    random: systemRandom,
    log,
    egress: systemEgress(),
    ...(pages && { pages }),
  })
  const listener = listenerOf(gateway.app)
  const secure = tls ? createHttpsServer({ ...serverOptions, ...tls }, listener) : null
  const server = secure ?? createHttpServer(serverOptions, listener)
  server.requestTimeout = longestUploadMs
  if (config.proxies.length > 0) server.keepAliveTimeout = frontKeepsMs
  try {
    await listen(server, config)
  } catch (error) {
    await gateway.stop()
    throw error
  }
  const { port } = server.address() as AddressInfo
  const host = config.host.includes(':') ? `[${config.host}]` : config.host
  const url = `${tls ? 'https' : 'http'}://${host}:${port}`
  log.info({ sources: config.sources, port }, 'the gateway is ready')
  let stopped: Promise<void> | null = null
  return {
    url,
    port,
    gateway,
    useCertificate: (next) => secure?.setSecureContext(next),
    stop: () => (stopped ??= shutDown(server, gateway, log)),
  }
}

function listen(server: Server, { port, host }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

/** Milliseconds a client has to send its request. */
const longestUploadMs = 15_000
/**
 * Milliseconds a front's connection may be idle: longer than fronts keep theirs (Caddy two minutes, nginx one). Whoever closes first must be the one
 * that sends, else a query that is sent in that moment is lost on the way. There are few of them; those of devices are closed soon.
 */
const frontKeepsMs = 125_000
/** Milliseconds within which every request has been answered. */
const longestRequestMs = 6000

async function shutDown(server: Server, gateway: Gateway, log: Logger): Promise<void> {
  gateway.stopAccepting()
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const force = setTimeout(() => server.closeAllConnections(), longestRequestMs)
  await closed
  clearTimeout(force)
  await gateway.stop()
  log.info('the gateway has stopped')
}
