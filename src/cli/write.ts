import type { Writable } from 'node:stream'

/** Writes and waits until it is taken, so that nothing piles up before a slow reader. Throws when the reader is gone. */
export function write(stream: Writable, text: string): Promise<void> {
  return new Promise((done, fail) => {
    stream.write(text, (error) => {
      if (error) fail(error)
      else done()
    })
  })
}
