import type {
  Answer,
  Check,
  Conflict,
  Elements,
  Instant,
  Invoice,
  InvoiceStatus,
  OpenQuery,
  OwnNote,
  Problem,
  Provenance,
  Seal,
  SealVerdict,
} from '../domain/index.ts'

/** The ways an invoice comes in. */
export const ways = ['camera', 'picture', 'paste', 'typed', 'query', 'file'] as const
export type Way = (typeof ways)[number]

/** One time this invoice was captured. `original` is the SHA-256 of the file it came with. */
export interface Capture {
  readonly at: Instant
  readonly way: Way
  readonly original: string | null
  /** Absent for what cannot carry a signature, or was not judged yet. */
  readonly seal?: CaptureSeal
}

/** What a card needs of the verdict on the signatures of a file. Written together with its evidence, which is kept apart. */
export interface CaptureSeal {
  /** SHA-256 of the signed file itself: the original, or a file in it. */
  readonly file: string
  readonly verdict: SealVerdict
  /** How many of its parts were altered or are not covered. */
  readonly parts: number
}

/** The verdict on the signatures of a file, with its evidence and what it rests on. */
export interface JudgedFile {
  /** SHA-256 of the file itself. */
  readonly file: string
  /** SHA-256 of the original that it is, or lies in. */
  readonly original: string
  readonly at: Instant
  /** Names the trust lists it was judged by. */
  readonly lists: string
  readonly seal: Seal
}

/** An original that is to be judged: which files of it, and the invoices that came with it. */
export interface ToJudge {
  readonly original: string
  readonly files: readonly string[]
  readonly entries: readonly string[]
}

/** The trust lists beside the one that comes with the app, as JSON: the operator's newest, and the person's own. */
export interface KeptLists {
  readonly operator: string | null
  readonly imported: string | null
}

/** One invoice in the wallet: what is known of it, from where, and how it came in. Its status is derived, never part of it. */
export interface Entry {
  readonly id: string
  readonly invoice: Invoice
  readonly provenance: Provenance
  readonly conflicts: readonly Conflict[]
  readonly checks: readonly Check[]
  readonly problems: readonly Problem[]
  /** Oldest first, never empty. */
  readonly captures: readonly Capture[]
  readonly note: OwnNote | null
  /** When the person removed it; it can be brought back until it is purged. */
  readonly removedAt: Instant | null
}

/** An outbox row: one question that has no answer yet. */
export interface Query extends OpenQuery {
  /** UUIDv7, the idempotency key at the gateway. */
  readonly id: string
  readonly entryId: string
  readonly elements: Elements
  /** When state and time were last written, by the device's clock: a clock set back shows by it. */
  readonly setAt: Instant
  /** How often it was sent without any reply; a reply sets it back to 0. */
  readonly attempts: number
  /** The gateway's signed queue ticket, once parked, where it signs. Never an answer. */
  readonly receipt?: string
  /** The code of the gateway's refusal, or of our own finding (`no-reply`, `reply-unreadable`); null while nothing is wrong. */
  readonly problem: string | null
}

/** An answer as it was settled. Answers are never changed and never thrown away. */
export interface SettledAnswer {
  /** The id of the query it answers. */
  readonly id: string
  readonly entryId: string
  /** The canonical elements it was asked with. */
  readonly question: string
  readonly askedAt: Instant
  readonly settledAt: Instant
  readonly answer: Answer
}

/** The bytes an invoice came with. */
export interface Original {
  readonly sha256: string
  readonly name: string
  /** Media type; empty when unknown. */
  readonly type: string
  readonly bytes: ArrayBuffer
}

/** An original without its bytes; its size is in bytes. */
export interface OriginalFile extends Omit<Original, 'bytes'> {
  readonly size: number
}

/** Why a file, or one inside it, was not read. */
export interface FileProblem extends Problem {
  /** The file it is about, when that lies in an archive. */
  readonly file: string | null
}

/** A file that was kept and has not become invoices yet, or not wholly. Its bytes are the original of the same SHA-256. */
export interface UnreadFile extends OriginalFile {
  /** When it was kept. */
  readonly at: Instant
  readonly state:
    /** It is to be read. `tries` is how often that was begun and never ended: a file that takes the browser down must not do so for ever. */
    | { readonly is: 'waiting'; readonly tries: number }
    /** A person must look at it: how many invoices it gave all the same, what is wrong, and which version of the app found that. */
    | { readonly is: 'look'; readonly found: number; readonly problems: readonly FileProblem[]; readonly by: string }
}

/** The files that are no invoices yet, first kept first. */
export interface UnreadFiles {
  readonly files: readonly UnreadFile[]
  readonly damaged: readonly Damaged[]
}

/** A stored row that cannot be read any more. It is shown, never silently dropped, and never throws. */
export interface Damaged {
  readonly table: 'invoices' | 'answers' | 'outbox' | 'originals' | 'files'
  readonly id: string
  /** What could not be read, in English, for a report. */
  readonly problem: string
}

/** An invoice with its status. `shown` is the entry completed by the record of the answer that counts; `entry.invoice` stays what was captured. */
export interface EntryView {
  readonly entry: Entry
  readonly status: InvoiceStatus
  readonly shown: { readonly invoice: Invoice; readonly provenance: Provenance; readonly conflicts: readonly Conflict[] }
}

/** The wallet as a list, newest capture first, and what in it cannot be read. */
export interface WalletList {
  readonly entries: readonly EntryView[]
  readonly damaged: readonly Damaged[]
}

/** What happened to an invoice, for its page. */
export type TimelineItem =
  | { readonly is: 'captured'; readonly at: Instant; readonly capture: Capture; readonly again: boolean }
  | { readonly is: 'asked'; readonly at: Instant; readonly query: Query }
  /** `counts` is false for an answer to elements that were edited since. */
  | { readonly is: 'answered'; readonly at: Instant; readonly answered: SettledAnswer; readonly counts: boolean }
  | { readonly is: 'noted'; readonly at: Instant; readonly note: OwnNote }

/** One invoice with everything kept about it. */
export interface EntryDetail extends EntryView {
  /** Newest first. */
  readonly timeline: readonly TimelineItem[]
  readonly answers: readonly SettledAnswer[]
  readonly queries: readonly Query[]
  readonly originals: readonly OriginalFile[]
  /** What the signatures in its files prove; a file that was not judged yet is not among them. */
  readonly seals: readonly JudgedFile[]
}

/** Numbers for the badge. */
export interface Counts {
  readonly entries: number
  /** Invoices with an open query that proceeds by itself. */
  readonly waiting: number
  /** What the person must look at: invoices refused, incomplete, damaged, or answered with a mismatch nobody has looked into, and unread files. */
  readonly needsLook: number
}

/** The outbox as its page shows it. */
export interface OutboxView {
  /** Oldest question first, each with the invoice it asks about (null when that cannot be read). */
  readonly queries: readonly { readonly query: Query; readonly entry: Entry | null }[]
  readonly damaged: readonly Damaged[]
  /** Why nothing is being sent at the moment and when it is tried again; null while nothing holds. */
  readonly hold: Hold | null
}

/** The pause after a connectivity error; it holds the whole outbox, not one row. */
export interface Hold {
  readonly reason: NonNullable<OpenQuery['reason']>
  readonly until: Instant
  readonly setAt: Instant
  /** Connectivity errors in a row. */
  readonly failures: number
}
