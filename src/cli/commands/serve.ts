import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { appPages, readConfig, startGateway, startLocalHttps, type Config } from '../../server/index.ts'
import { UsageError, type Io, type Run } from '../command.ts'
import { demoConfig } from '../serve/demo.ts'
import { terminalQr } from '../serve/terminal-qr.ts'
import { untilStopped } from '../serve/until-stopped.ts'

/** Serves the app and the gateway until it is told to stop. */
export const run: Run = async (args, io) => {
  const { https, httpsPort, demo, app } = readArgs(args)
  const env = https ? { HOST: '0.0.0.0', ...io.env } : io.env
  const given = readConfig(env)
  const pages = app ? { pages: appPages(appFolder(), given) } : {}
  const config = demo ? demoConfig(given) : given
  const running = https ? await serveHttps(config, httpsPort, pages, io) : await serveHttp(config, pages, io)
  await untilStopped(running.stop)
  return 0
}

type Pages = { readonly pages?: ReturnType<typeof appPages> }

async function serveHttp(config: Config, pages: Pages, io: Io) {
  const gateway = await startGateway(config, pages)
  const url = config.publicUrl ?? gateway.url.replace('//127.0.0.1:', '//localhost:').replace('//0.0.0.0:', '//localhost:')
  tell(io, url, [`票在 is served on ${url}`])
  return gateway
}

async function serveHttps(config: Config, port: number, pages: Pages, io: Io) {
  const gateway = await startLocalHttps(config, port, pages)
  tell(io, gateway.installUrl, [
    `票在 is served on ${gateway.appUrls.join('  ')}`,
    `On a phone in this network open ${gateway.installUrl} first: it brings the certificate and the steps to trust it.`,
    `Its fingerprint (SHA-256) is ${gateway.fingerprint}`,
  ])
  return gateway
}

/** One JSON line for programs on stdout; sentences and the QR of `url` for people on stderr. */
function tell({ stdout, stderr }: Io, url: string, lines: readonly string[]): void {
  const colours = 'isTTY' in stderr && stderr.isTTY === true
  stderr.write(`\n${terminalQr(url, colours)}\n\n${lines.join('\n')}\n\n`)
  stdout.write(`${JSON.stringify({ url })}\n`)
}

function readArgs(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        https: { type: 'boolean', default: false },
        'https-port': { type: 'string', default: '8443' },
        demo: { type: 'boolean', default: false },
        'no-app': { type: 'boolean', default: false },
      },
    })
    const httpsPort = Number(values['https-port'])
    if (!/^\d{1,5}$/.test(values['https-port']) || httpsPort > 65_535) throw new UsageError('--https-port is a number up to 65535')
    return { https: values.https, httpsPort, demo: values.demo, app: !values['no-app'] }
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(error instanceof Error ? error.message : 'unknown option')
  }
}

/** The built app: beside the built command line, or where the build puts it when we run from source. */
function appFolder(): string {
  const built = fileURLToPath(new URL('../../app', import.meta.url))
  return existsSync(`${built}/sw.js`) ? built : fileURLToPath(new URL('../../../dist/app', import.meta.url))
}
