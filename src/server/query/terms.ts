import type { Elements } from '../../domain/index.ts'
import type { Keys } from '../keys.ts'

/** The authority answers five questions per invoice and day, whoever asks. */
const looksPerDay = 5
/** The last of them is left to people: what the gateway asks again by itself stops one short. */
const looksByItself = looksPerDay - 1
/** Whoever has tried wrong elements leaves the last two to others. */
const looksAfterWrongTries = looksPerDay - 2

/** On what terms a question is asked; kept with it. */
export interface Terms {
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

const usual: Terms = { forwarded: false }

/** The looks of the invoice's day that may be spent on a question. */
export function looksFor(wary: boolean, by: 'somebody' | 'itself'): number {
  return Math.min(wary ? looksAfterWrongTries : looksPerDay, by === 'itself' ? looksByItself : looksPerDay)
}
