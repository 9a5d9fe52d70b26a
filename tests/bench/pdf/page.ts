import { createFileReader, type FileReader } from '../../../src/formats/index.ts'

/** What the page of the bench offers to whoever drives it. */
export interface Bench {
  /** Reads a file in the app's reading worker. @returns milliseconds from handing it over to its last reading, and the numbers found. */
  read(base64: string, name: string): Promise<{ readonly ms: number; readonly numbers: readonly string[] }>
}

let reader: FileReader | null = null

const bench: Bench = {
  async read(base64, name) {
    reader ??= createFileReader(
      () => new Worker(new URL('../../../src/capture/files/reader.worker.ts', import.meta.url), { type: 'module' }),
    )
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)).buffer
    const start = performance.now()
    const { readings, end } = await reader.read(bytes, name)
    const ms = performance.now() - start
    if (end !== 'whole') throw new Error(`${name}: the reader ended ${end}`)
    return { ms, numbers: readings.flatMap(({ reading }) => reading.drafts.flatMap(({ invoice }) => invoice.number ?? [])) }
  },
}
Object.assign(globalThis, { bench })
