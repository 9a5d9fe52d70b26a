import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

/** A server in a process of its own. */
export interface Child {
  readonly port: number
  /** Milliseconds of CPU it has used; null where the system does not tell. */
  cpuMs(): number | null
  stop(): Promise<void>
}

/** Starts a script that prints the port it listens on. @throws when it ends before it has. */
export async function startChild(script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Child> {
  const child = spawn(process.execPath, [...process.execArgv, script, ...args], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close').then(() => [null])
  const [line] = (await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended])) as [string | null]
  if (line === null) throw new Error(`${script} did not start`)
  return {
    port: Number(line),
    cpuMs() {
      const tasks = `/proc/${child.pid}/task`
      if (!existsSync(`${tasks}/${child.pid}/schedstat`)) return null
      // Of every thread the first value is the nanoseconds it has run.
      const used = readdirSync(tasks).map((task) => Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]))
      return used.reduce((sum, one) => sum + one, 0) / 1e6
    },
    async stop() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
