import type { ReadCode } from './cascade.ts'

/** Why a picture could not be looked at: it is no picture or broken · it is too large to open safely · the reader did not start, died or took too long. */
export type PictureFault = 'unreadable' | 'too-large' | 'no-reader'

/** What came of looking at a picture. An empty list of codes is a picture without one. */
export type Seen = { readonly ok: true; readonly codes: readonly ReadCode[] } | { readonly ok: false; readonly fault: PictureFault }
