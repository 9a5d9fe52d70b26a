import type { Conflict, Draft, Problem, Seal } from '../../domain/index.ts'
import type { Limits } from './budget.ts'
import type { ReadPictures } from './qrs.ts'

/** What a file is, found by its content. */
export type FileFormat = 'ofd' | 'pdf' | 'xml' | 'zip' | 'image'

/** How a file is read. */
export interface ReadOptions extends Limits {
  /** The file's name, for `file` in what is found; it decides nothing. */
  readonly file?: string | undefined
  /** Finds QR texts in a PNG or JPEG. Without it pictures are left alone, which is told as a problem. */
  readonly readPictures?: ReadPictures | undefined
  /** Milliseconds by `now` that one file may take, also each one inside a ZIP. The others are read all the same. */
  readonly perFile?: number | undefined
}

/** An invoice found in a file. */
export interface FileDraft extends Draft {
  /** The file it was found in; inside a ZIP `a.zip/b.ofd`. */
  readonly file: string | null
  readonly format: FileFormat
  /** The page it begins on, from 1. */
  readonly page: number
  /** Where two parts of the file disagree; what is shown is that of the more trustworthy one. */
  readonly conflicts?: readonly Conflict[]
}

/** What reading one file gave. A file that was read and holds no invoice is `read`, with a problem that says so. */
export interface FileReading {
  readonly file: string | null
  /** Null when nobody can tell what it is. */
  readonly format: FileFormat | null
  /** `refused`: the file cannot be read, and `problems` says why. */
  readonly state: 'read' | 'refused'
  readonly drafts: readonly FileDraft[]
  readonly problems: readonly Problem[]
}

/** A reading and what the signatures in the file prove. */
export interface JudgedReading {
  readonly reading: FileReading
  /** Null for formats that cannot carry a signature. */
  readonly seal: Seal | null
  /** SHA-256 of the file itself, lower-case hexadecimal; null where it could not be unpacked or nobody needs it. */
  readonly sha256: string | null
}

/** A reading and the bytes it is of; null when they could not be unpacked. */
export interface WalkedFile {
  readonly bytes: Uint8Array | null
  readonly reading: FileReading
}

/** What the reader of one format gives. */
export interface Content {
  readonly invoices: readonly { readonly draft: Draft; readonly page: number }[]
  readonly problems: readonly Problem[]
}
