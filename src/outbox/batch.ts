import type { Query } from '../wallet/index.ts'

/** The most queries one request may carry (contract). */
const size = 50
/** A row that was sent so often without a reply travels alone and last, so that it can spoil nothing. */
const alone = 2

/** The ids of due rows in the batches they are sent in, oldest question first. */
export function batches(due: readonly Query[]): string[][] {
  const together = due.filter(({ attempts }) => attempts < alone).map(({ id }) => id)
  const singles = due.filter(({ attempts }) => attempts >= alone).map(({ id }) => [id])
  const chunks: string[][] = []
  for (let at = 0; at < together.length; at += size) chunks.push(together.slice(at, at + size))
  return [...chunks, ...singles]
}
