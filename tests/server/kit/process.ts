import { spawn, type ChildProcessWithoutNullStreams as Child } from 'node:child_process'
import { once } from 'node:events'
import { onTestFinished } from 'vitest'
import { queriesReply, type QueryResult, type QuerySummary } from '../../../src/api/index.ts'
import { bundledGateway } from './bundle.ts'

/** A gateway in a process of its own. */
export interface GatewayProcess {
  readonly url: string
  /** `kill -9`. */
  kill(): Promise<void>
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>
  post(queries: readonly object[]): Promise<QueryResult[]>
  summaries(ids: readonly string[]): Promise<QuerySummary[]>
}

/** Starts a gateway process on a free port; it does not outlive the test. */
export async function gatewayProcess(env: Readonly<Record<string, string>>): Promise<GatewayProcess> {
  return (await preparedProcess(env))()
}

/** A process that has loaded everything and becomes a gateway when it is told: so a start does not take longer than a gateway needs. */
export async function preparedProcess(env: Readonly<Record<string, string>>): Promise<() => Promise<GatewayProcess>> {
  const child = spawn(process.execPath, [await bundledGateway()], {
    env: { PATH: process.env['PATH'], PORT: '0', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const closed = once(child, 'close') as Promise<[number | null]>
  onTestFinished(() => void child.kill('SIGKILL'))
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  child.stdin.on('error', () => undefined) // it may be gone already
  return async () => {
    child.stdin.end('start\n')
    return started(child, closed, () => errors)
  }
}

async function started(child: Child, closed: Promise<[number | null]>, errors: () => string): Promise<GatewayProcess> {
  const [first] = (await Promise.race([once(child.stdout, 'data'), closed.then(() => [null])])) as [Buffer | null]
  if (first === null) throw new Error(`the gateway did not start: ${errors()}`)
  const url = first.toString().trim()

  return {
    url,
    async kill() {
      child.kill('SIGKILL')
      await closed
    },
    async stop() {
      child.kill('SIGTERM')
      return (await closed)[0]
    },
    async post(queries) {
      const response = await fetch(`${url}/api/v1/queries`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ queries }),
      })
      return queriesReply.parse(await response.json()).results
    },
    async summaries(ids) {
      const response = await fetch(`${url}/api/v1/queries?ids=${ids.join(',')}`)
      return ((await response.json()) as { results: QuerySummary[] }).results
    },
  }
}

/** Waits until `check` holds, at most `ms` milliseconds. */
export async function eventually(check: () => boolean | Promise<boolean>, ms = 60_000): Promise<void> {
  const until = Date.now() + ms
  while (!(await check())) {
    if (Date.now() > until) throw new Error('it did not happen in time')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
