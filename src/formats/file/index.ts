import type { OfdFile } from '../ofd/file.ts'
import type { PdfSignature } from '../pdf/signatures.ts'
import type { XmlElement } from '../xml/index.ts'
import type { FileReading, ReadOptions, WalkedFile } from './reading.ts'

export type { Picture, ReadPictures } from './qrs.ts'
export type { OfdFile } from '../ofd/file.ts'
export type { PdfSignature } from '../pdf/signatures.ts'
export type { FileDraft, FileFormat, FileReading, JudgedReading, ReadOptions, WalkedFile } from './reading.ts'
export { refusalOf } from './refusal.ts'

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

/** {@link readFiles}, each with the bytes of the file itself: those in a ZIP are unpacked once, for whatever is to be known of them. */
export async function* walkFiles(bytes: Uint8Array, options?: ReadOptions): AsyncGenerator<WalkedFile> {
  const reader = await import('./read-file.ts')
  yield* reader.walkFiles(bytes, options)
}

/** Opens an OFD to be verified. @returns null when the bytes are no OFD. Throws for a package that is not to be trusted: see `refusalOf`. */
export async function openOfd(bytes: Uint8Array, options?: ReadOptions): Promise<OfdFile | null> {
  const ofd = await import('../ofd/file.ts')
  return ofd.openOfd(bytes, options)
}

/** Parses an XML file. Throws for what is no acceptable XML: see `refusalOf`. */
export async function openXml(bytes: Uint8Array, options: ReadOptions = {}): Promise<XmlElement> {
  const [{ parseXml }, { budgetOf }] = await Promise.all([import('../xml/index.ts'), import('./budget.ts')])
  return parseXml(bytes, budgetOf(options))
}

/** The signatures that a PDF states, none of them verified. Throws for a PDF that is not to be read: see `refusalOf`. */
export async function readPdfSignatures(bytes: Uint8Array, options: ReadOptions = {}): Promise<readonly PdfSignature[]> {
  const [pdf, { budgetOf }] = await Promise.all([import('../pdf/signatures.ts'), import('./budget.ts')])
  return pdf.readPdfSignatures(bytes, budgetOf(options))
}
