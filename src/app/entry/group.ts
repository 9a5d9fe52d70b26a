import type { Element } from '../../domain/index.ts'

/** Digits in groups, for reading only: numbers and codes by four, check codes by five. What is kept has no gaps. */
export function grouped(text: string, size: number): string {
  const plain = text.replace(/\s/g, '')
  const parts: string[] = []
  for (let at = 0; at < plain.length; at += size) parts.push(plain.slice(at, at + size))
  return parts.join(' ')
}

/** How many characters of an element stand together; null where grouping would only disturb. */
export function groupSize(element: Element): number | null {
  return element === 'number' || element === 'code' ? 4 : element === 'checkCode' ? 5 : null
}

/**
 * Groups what has just been typed and finds where the caret belongs: behind the same character as before.
 * @returns the text to show, the caret in it.
 */
export function regroup(text: string, caret: number, size: number): { readonly text: string; readonly caret: number } {
  const before = text.slice(0, caret).replace(/\s/g, '').length
  const shown = grouped(text.normalize('NFKC'), size)
  let seen = 0
  let at = 0
  while (at < shown.length && seen < before) {
    if (shown[at] !== ' ') seen += 1
    at += 1
  }
  return { text: shown, caret: at }
}
