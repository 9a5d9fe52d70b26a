import type { Instant } from '../../domain/index.ts'

/** What is older than these instants goes. */
export interface Retention {
  /** Answered queries whose answer was collected before. */
  readonly collected: Instant
  /** Answered queries that nobody collected, by when they were answered. */
  readonly uncollected: Instant
  /** Answers that no query has any more. */
  readonly answers: Instant
  readonly calls: Instant
}

/** What is older than these instants is nobody's any more. */
export interface Forgetting {
  readonly tries: Instant
  readonly words: Instant
}
