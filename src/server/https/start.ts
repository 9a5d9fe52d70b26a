import { createServer } from 'node:http'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { listenerOf, serverOptions } from '../http/listener.ts'
import { systemClock } from '../real.ts'
import { startGateway, type StartOptions } from '../start.ts'
import { inUrl, lanAddresses } from './addresses.ts'
import { fingerprintOf, issueFor, localAuthority } from './authority.ts'
import { installPage } from './install-page.ts'

/** A gateway that phones of the local network can install the app from. */
export interface LocalHttps {
  /** Where the app is, the best address first. */
  readonly appUrls: readonly string[]
  /** Where the CA's certificate and the steps to trust it are, over plain HTTP. */
  readonly installUrl: string
  /** SHA-256 of the CA's certificate. */
  readonly fingerprint: string
  stop(): Promise<void>
}

const checkEveryMs = 30_000

/**
 * Serves the app over TLS on `tlsPort` with a certificate of the local CA (made at the first start), and the CA's certificate over HTTP on
 * the configured port. A laptop changes its network: the certificate follows its addresses.
 */
export async function startLocalHttps(config: Config, tlsPort: number, options: StartOptions): Promise<LocalHttps> {
  const authority = await localAuthority(join(config.data, 'ca'), `Piaozai local CA (${hostname()})`, systemClock.now())
  let hosts = hostsNow()
  const appUrls = (port: number) => [...lanAddresses().map(inUrl), 'localhost'].map((host) => `https://${host}:${port}`)
  const publicUrl = config.publicUrl ?? appUrls(tlsPort)[0] ?? null
  const gateway = await startGateway(
    { ...config, port: tlsPort, publicUrl },
    { ...options, tls: await issueFor(hosts, authority, systemClock.now()) },
  )
  const renew = setInterval(() => {
    const now = hostsNow()
    if (now.join() === hosts.join()) return
    hosts = now
    void issueFor(hosts, authority, systemClock.now()).then((pair) => gateway.useCertificate(pair))
  }, checkEveryMs)
  renew.unref()

  const page = installPage({ authority: authority.cert, appUrls: () => appUrls(gateway.port) })
  const server = createServer(serverOptions, listenerOf(page))
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(config.port, config.host, resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : config.port
  return {
    appUrls: appUrls(gateway.port),
    installUrl: `http://${inUrl(lanAddresses()[0] ?? 'localhost')}:${port}`,
    fingerprint: fingerprintOf(authority.cert),
    async stop() {
      clearInterval(renew)
      server.closeAllConnections()
      await Promise.all([new Promise((resolve) => server.close(resolve)), gateway.stop()])
    },
  }
}

function hostsNow(): string[] {
  return ['localhost', hostname(), '127.0.0.1', '::1', ...lanAddresses()]
}
