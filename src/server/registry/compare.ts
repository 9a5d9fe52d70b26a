import { ruleOf, shortCheckCode, type Element, type Elements, type Invoice } from '../../domain/index.ts'

/**
 * Compares a question with a record, element by element of the kind that was asked: the kind itself is no element (readers take 数电 special
 * and ordinary for one another). Which element differed is never told.
 * @returns `unknown` when an element that was asked is not in the record: it cannot match, but it does not contradict either, and a mismatch
 * is final; so the record has nothing to say to this question, unless another element differs.
 */
export function compare(elements: Elements, record: Invoice): 'equal' | 'different' | 'unknown' {
  const results = ruleOf(elements.kind).elements.map((element) => same(element, elements, record))
  if (results.includes(false)) return 'different'
  return results.includes(null) ? 'unknown' : 'equal'
}

function same(element: Element, elements: Elements, record: Invoice): boolean | null {
  const asked = elements[element]
  const known = record[element]
  if (asked === undefined || known === null) return null
  if (element !== 'checkCode') return asked === known
  return shortCheckCode(String(asked)) === shortCheckCode(String(known))
}
