/**
 * The tables as they are now. Times are milliseconds since the epoch, money is integer fen, hashes are keyed (see keys.ts).
 * What is personal and not needed for finding is sealed; only the registry, the operator's own records, is in the clear.
 */
export interface Tables {
  queries: QueryRow
  questions: QuestionRow
  answers: AnswerRow
  calls: CallRow
  tries: TryRow
  tallies: TallyRow
  records: RecordRow
  settings: { name: string; value: string }
  words: WordRow
  paces: PaceRow
}

/** One query of one device: an id, the question it asked, and how it ended once it has. */
export interface QueryRow {
  id: string
  question: string
  ticket: string
  received_at: number
  /** Null while it waits, and for good when its sender has guessed too often and it was not asked for. */
  answer: string | null
  /** When it ended, with an answer or without one. */
  answered_at: number | null
  collected_at: number | null
  /** Whose it is, sealed; gone when it has ended. */
  sender: Uint8Array | null
  /** Its place among those that wait, as an instant. */
  turn: number
  /** 1 when whoever brought it has tried wrong elements. */
  wary: number
}

/** An open question: the same elements, whoever asked. The row is gone once it is answered. */
export interface QuestionRow {
  question: string
  invoice: string
  elements: Uint8Array
  created_at: number
  /** Why it waits; null while it has never been parked. */
  reason: string | null
  /** The source it waits for; null: any. */
  source: string | null
  not_before: number
  /** Until when somebody is asking; 0 when nobody is. */
  lease_until: number
  /** Which gateway asks, where several share the database. */
  owner: number | null
  /** Its place among those that wait: the first turn of the queries that wait for it. */
  turn: number
  /** 1 when some of those who waited for it have ended. */
  shared: number
  /** JSON: what sources said so far. */
  statements: string
}

/** A final answer to a question. Several queries may have the same one. */
export interface AnswerRow {
  id: string
  question: string
  verdict: string
  sealed: Uint8Array
  as_of: number
  answered_at: number
}

/** A call of a metered source, written down before it is sent. */
export interface CallRow {
  id: string
  source: string
  invoice: string
  /** Shanghai calendar date. */
  day: string
  at: number
  /** Null while under way, and for good when the process died meanwhile. */
  outcome: string | null
}

/** The first question of a sender (device or network, hashed) about an invoice. */
export interface TryRow {
  sender: string
  invoice: string
  question: string
  at: number
}

/** How a sender's tries of a day ended. */
export interface TallyRow {
  sender: string
  /** Shanghai calendar date. */
  day: string
  matched: number
  wrong: number
}

/** What one gateway says of one source. Nothing of it outlives the gateways: none believes what was told before its start. */
export interface WordRow {
  source: string
  gateway: string
  state: string
  /** Counts what the gateway has told of the source. */
  revision: number
  /** The revision at which its state was last another one. */
  changed: number
  /** Milliseconds, when it was told, since the call had begun that it rests on. */
  age: number
  told_at: number
}

/** What all gateways together ask of a source. Nothing of it outlives them. */
export interface PaceRow {
  source: string
  /** When its next call may begin; by the clock of the database where several gateways share one. */
  next_at: number
}

/** An issued invoice of the registry. */
export interface RecordRow {
  key: string
  kind: string
  code: string | null
  number: string
  issued_on: string
  amount_ex_tax: number | null
  tax: number | null
  amount: number | null
  check_code: string | null
  seller_name: string | null
  seller_tax_id: string | null
  buyer_name: string | null
  buyer_tax_id: string | null
  /** JSON array of lines as the wire has them; null when none were given. */
  lines: string | null
  state: string
  /** When these values were loaded. */
  updated_at: number
}
