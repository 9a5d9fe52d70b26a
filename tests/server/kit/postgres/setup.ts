import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'
import { startPostgres, type PostgresServer } from './server.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the tests of this run learn the address of their PostgreSQL, which is started when the first one asks. */
    readonly postgres: string
  }
}

/** One PostgreSQL for the whole run of tests, and none when no test wants it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let started: Promise<PostgresServer> | null = null
  const desk = createServer((_, response) => {
    started ??= startPostgres(process.env)
    started.then(
      ({ url }) => response.end(url),
      (error: Error) => response.writeHead(500).end(error.message),
    )
  })
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve))
  project.provide('postgres', `http://127.0.0.1:${(desk.address() as AddressInfo).port}`)
  return async () => {
    desk.close()
    desk.closeAllConnections()
    await started?.then(
      (server) => server.stop(),
      () => undefined,
    )
  }
}
