import type { Elements } from '../../domain/index.ts'
import type { Keys } from '../keys.ts'

/** The authority answers five questions per invoice and day, whoever asks. */
export const looksPerDay = 5
/** The last of them is left to people: what the gateway asks again by itself stops one short. */
export const looksByItself = looksPerDay - 1
/** Whoever has tried wrong elements leaves the last two to others. */
export const looksAfterWrongTries = looksPerDay - 2

/** How much may be spent on a question, by whoever brought it first; kept with the question. */
export interface Terms {
  /** The looks of the invoice's day that may be spent when it is asked. */
  readonly looks: number
  /** It was passed on by another gateway: no gateway is asked in turn. */
  readonly forwarded: boolean
}

/** The elements of a question as they are kept, with the terms it is asked on. */
export function sealElements(keys: Keys, question: string, elements: Elements, terms: Terms): Uint8Array {
  return keys.seal(`elements ${question}`, JSON.stringify({ ...elements, terms }))
}

/** What was kept; what was kept before there were terms has the usual ones. */
export function openElements(keys: Keys, question: string, sealed: Uint8Array): { readonly elements: Elements; readonly terms: Terms } {
  const { terms = usual, ...elements } = JSON.parse(keys.open(`elements ${question}`, sealed)) as Elements & { terms?: Terms }
  return { elements, terms }
}

const usual: Terms = { looks: looksPerDay, forwarded: false }
