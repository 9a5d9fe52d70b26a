import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
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
      const file = `/proc/${child.pid}/stat`
      if (!existsSync(file)) return null
      // After the name in brackets, which may hold anything: the 12th and 13th value are ticks of a hundredth of a second.
      const values = readFileSync(file, 'utf8').split(') ')[1]?.split(' ') ?? []
      return (Number(values[11]) + Number(values[12])) * 10
    },
    async stop() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
