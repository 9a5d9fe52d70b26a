import type { FileReading, ReadOptions } from './reading.ts'

export type { ReadPictures } from './qrs.ts'
export type { FileDraft, FileFormat, FileReading, ReadOptions } from './reading.ts'

// The readers come with the first file: a page that only scans must not load an unzipper and an XML parser.

/** Reads a file of any format, found by its content; a ZIP as one, all its invoices together. Never throws for what a file holds. */
export async function readFile(bytes: Uint8Array, options?: ReadOptions): Promise<FileReading> {
  const reader = await import('./read-file.ts')
  return reader.readFile(bytes, options)
}

/** Reads a file of any format; those of a ZIP one after the other, as they are read. Never throws for what a file holds. */
export async function* readFiles(bytes: Uint8Array, options?: ReadOptions): AsyncGenerator<FileReading> {
  const reader = await import('./read-file.ts')
  yield* reader.readFiles(bytes, options)
}
