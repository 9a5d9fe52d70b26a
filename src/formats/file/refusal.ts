/**
 * Why a file, or a part of it, is not read. Permanent: they go into `problems`.
 * Everything a reader throws is one of these; whoever catches turns it into a {@link Problem}.
 */
export type RefusalCode =
  | 'aborted'
  | 'deadline'
  | 'format-unknown'
  | 'format-unsupported'
  | 'file-damaged'
  | 'file-too-large'
  | 'file-encrypted'
  | 'package-broken'
  | 'package-prefixed'
  | 'package-duplicate'
  | 'package-path'
  | 'package-overlap'
  | 'package-hidden'
  | 'package-size'
  | 'package-checksum'
  | 'package-encrypted'
  | 'package-method'
  | 'package-limit'
  | 'package-bomb'
  | 'package-nested'
  | 'xml-doctype'
  | 'xml-encoding'
  | 'xml-broken'
  | 'xml-limit'
  | 'part-missing'

/** A file or a part of one is refused. The message is an English sentence for logs and the command line. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: RefusalCode
  constructor(code: RefusalCode, message: string) {
    super(message)
    this.code = code
  }
}

/** Turns whatever was thrown into a refusal. Only our own words are passed on: what a library says may quote the file. */
export function refusalOf(error: unknown): Refusal {
  return error instanceof Refusal ? error : new Refusal('file-damaged', 'The file is damaged and cannot be read')
}
