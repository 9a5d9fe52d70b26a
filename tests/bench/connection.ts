import { connect, type Socket } from 'node:net'

/** One kept connection over which one request after the other goes; cheap, so that what is measured is the server. */
export interface Connection {
  /** Sends a whole HTTP/1.1 request and waits for the whole answer. @returns its status. */
  send(request: string): Promise<number>
  /** The body of the last answer. */
  body(): string
  close(): void
}

const headEnd = Buffer.from('\r\n\r\n')

interface Line {
  send(request: string): Promise<number>
  body(): string
  readonly socket: Socket
}

/** A connection that is made anew when the server has ended it because nothing came for a while. */
export async function openConnection(port: number): Promise<Connection> {
  let line = await openLine(port)
  return {
    async send(request) {
      if (line.socket.destroyed) line = await openLine(port)
      try {
        return await line.send(request)
      } catch {
        line = await openLine(port)
        return line.send(request)
      }
    },
    body: () => line.body(),
    close: () => line.socket.destroy(),
  }
}

async function openLine(port: number): Promise<Line> {
  const socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  let received: Buffer = Buffer.alloc(0)
  let last = ''
  let waiting: { readonly done: (status: number) => void; readonly fail: (error: Error) => void } | null = null

  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
    const end = received.indexOf(headEnd)
    if (end < 0) return
    const head = received.toString('latin1', 0, end)
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
    const from = end + headEnd.length
    const isWhole = length === undefined ? received.toString('latin1').endsWith('0\r\n\r\n') : received.length >= from + Number(length)
    if (!isWhole) return
    last = received.toString('utf8', from)
    received = Buffer.alloc(0)
    const { done } = waiting ?? {}
    waiting = null
    done?.(Number(head.slice(9, 12)))
  })
  const broken = () => waiting?.fail(new Error('the connection has ended'))
  socket.on('close', broken)
  socket.on('error', broken)
  return {
    send: (request) =>
      new Promise((done, fail) => {
        if (socket.destroyed) return fail(new Error('the connection has ended'))
        waiting = { done, fail }
        socket.write(request)
        return undefined
      }),
    body: () => last,
    socket,
  }
}

export function getOf(path: string): string {
  return `GET ${path} HTTP/1.1\r\nHost: localhost\r\nPiaozai-Device: AAAAAAAAAAAAAAAAAAAAAA\r\n\r\n`
}

export function postOf(path: string, body: string): string {
  return `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}
