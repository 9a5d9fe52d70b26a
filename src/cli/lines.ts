import type { Readable } from 'node:stream'

/**
 * The lines of a byte stream as UTF-8, without their ends, as many at a time as a chunk completes; what follows the last end is a line unless it is empty.
 * Of a line longer than `maxLength` characters only the beginning is kept, so that memory stays bounded whatever is sent.
 */
export async function* linesOf(stream: Readable, maxLength: number): AsyncGenerator<string[]> {
  const decoder = new TextDecoder()
  let line = ''
  const keep = (text: string) => (line.length > maxLength ? line : line + text.slice(0, maxLength + 1))
  for await (const chunk of stream as AsyncIterable<Uint8Array | string>) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })
    const lines: string[] = []
    let start = 0
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      const whole = keep(text.slice(start, end))
      line = ''
      start = end + 1
      lines.push(whole.endsWith('\r') ? whole.slice(0, -1) : whole)
    }
    line = keep(text.slice(start))
    if (lines.length > 0) yield lines
  }
  line = keep(decoder.decode())
  if (line !== '') yield [line]
}
