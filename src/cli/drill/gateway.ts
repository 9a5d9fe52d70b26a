import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { dirname, extname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { nodeArgs } from '../bench/checkout.ts'

const own = fileURLToPath(import.meta.url)
/** The command line itself, built or from source, as we are. */
const main = join(dirname(own), `../main${extname(own)}`)

/** A gateway process that can be killed and started again at the same address on the same data. */
export function createGateway({ data, authority, path }: { data: string; authority: string; path: string | undefined }) {
  let child: ChildProcess | null = null
  let port = '0'

  return {
    /** Resolves with its origin when it listens. @throws what it said when it does not. */
    async start(): Promise<string> {
      const started = spawn(process.execPath, [...nodeArgs, main, 'serve', '--no-app'], {
        env: {
          PATH: path,
          PORT: port,
          PIAOZAI_DATA: data,
          PIAOZAI_SOURCES: 'simulated',
          PIAOZAI_SIMULATED_AUTHORITY: authority,
          PIAOZAI_PROBE_SECONDS: '0.5',
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      child = started
      let said = ''
      started.stderr.on('data', (bytes: Buffer) => (said = (said + bytes.toString()).slice(-2000)))
      const ended = once(started, 'close').then(() => null)
      const lines = createInterface({ input: started.stdout })
      const [line] = (await Promise.race([once(lines, 'line'), ended.then(() => [null])])) as [string | null]
      if (line === null) throw new Error(`the gateway did not start: ${said}`)
      port = new URL((JSON.parse(line) as { url: string }).url).port
      return `http://127.0.0.1:${port}`
    },
    /** Lets it do nothing more: `kill -9`. */
    async kill(): Promise<void> {
      if (child === null || child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}
