import { createServer, connect, type AddressInfo, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A way to a PostgreSQL that a test can block: connections stay, are taken, and nothing comes through. */
export interface Proxy {
  /** The address of the database by this way. */
  readonly url: string
  /** From now on nothing is passed on. */
  hang(): void
  /** What was held back goes on, and everything after it. */
  flow(): void
  /** Bytes that were held back. */
  held(): number
}

export async function postgresProxy(url: string): Promise<Proxy> {
  const { hostname, port, searchParams, pathname, username } = new URL(url)
  const folder = searchParams.get('host')
  const target = folder === null ? { host: hostname, port: Number(port || 5432) } : { path: `${folder}/.s.PGSQL.5432` }
  const sockets = new Set<Socket>()
  let isHanging = false
  let waiting: { readonly to: Socket; readonly bytes: Buffer }[] = []

  function pass(from: Socket, to: Socket): void {
    sockets.add(from)
    from.on('data', (bytes: Buffer) => {
      if (isHanging) waiting.push({ to, bytes })
      else to.write(bytes)
    })
    from.on('error', () => undefined)
    from.on('close', () => {
      sockets.delete(from)
      to.destroy()
    })
  }
  const server = createServer((client) => {
    const database = connect(target)
    pass(client, database)
    pass(database, client)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  const own = new URL(`postgresql://${username}@127.0.0.1:${(server.address() as AddressInfo).port}${pathname}`)
  return {
    url: own.href,
    hang: () => void (isHanging = true),
    flow() {
      isHanging = false
      for (const { to, bytes } of waiting.splice(0)) if (!to.destroyed) to.write(bytes)
      waiting = []
    },
    held: () => waiting.reduce((sum, { bytes }) => sum + bytes.length, 0),
  }
}
