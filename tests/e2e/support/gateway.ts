import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { Authority } from './authority.ts'

export interface GatewayOptions {
  /** Where its database lies; kept over restarts. */
  readonly data: string
  /** The built product; default `dist`. */
  readonly dist?: string
  readonly authority?: Authority
  readonly env?: Readonly<Record<string, string>>
  readonly args?: readonly string[]
  /** How it is asked whether it is up; default its health over HTTP. */
  readonly alive?: (port: number) => Promise<Response>
}

const health = (port: number) => fetch(`http://127.0.0.1:${port}/healthz`)

/** Ports that no system hands out by itself: one that a stopped gateway comes back to would be given to somebody else meanwhile. */
const ports = { first: 20_000, perLane: 4000 } as const
/** Tests that run side by side have lanes of their own. */
const lane = Number(process.env['TEST_PARALLEL_INDEX'] ?? 0) % 3
let taken = process.pid

/** A port nobody listens on right now, and nobody else is given. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = ports.first + lane * ports.perLane + (taken++ % ports.perLane)
    const server = createServer().listen(port, '127.0.0.1')
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    )
    if (!isFree) continue
    server.close()
    await once(server, 'close')
    return port
  }
}

/** A gateway process that can be stopped, killed and started again under the same address. */
export async function createGateway({ data, dist = 'dist', authority, env = {}, args = [], alive = health }: GatewayOptions) {
  const port = await freePort()
  const url = `http://localhost:${port}`
  let child: ChildProcess | null = null
  let said = ''

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
    child = null
  }

  return {
    url,
    port,
    /** What it wrote to stderr and stdout so far. */
    output: () => said,
    async start(): Promise<void> {
      const simulated = authority && { PIAOZAI_SOURCES: 'simulated', PIAOZAI_SIMULATED_AUTHORITY: authority.file }
      const started = spawn(process.execPath, [join(dist, 'cli/main.js'), 'serve', ...args], {
        env: { PATH: process.env['PATH'], PORT: String(port), PIAOZAI_DATA: data, PIAOZAI_PROBE_SECONDS: '0.3', ...simulated, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      child = started
      started.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()))
      started.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()))
      for (let tries = 0; tries < 1200; tries++) {
        if (started.exitCode !== null) throw new Error(`the gateway ended at once: ${said}`)
        const isUp = await alive(port).then(
          (response) => response.ok,
          () => false,
        )
        if (isUp) return
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      throw new Error(`the gateway does not answer: ${said}`)
    },
    /** Lets it finish. */
    stop: () => end('SIGTERM'),
    /** Lets it do nothing more: `kill -9`. */
    kill: () => end('SIGKILL'),
  }
}
export type Gateway = Awaited<ReturnType<typeof createGateway>>
