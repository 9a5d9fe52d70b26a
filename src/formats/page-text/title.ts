import type { TextItem } from './item.ts'
import { rowsOf } from './rows.ts'

/** The words that stand over an invoice. */
export const titleWords =
  /电子发票\([^()]{0,30}(?:\([^()]{0,10}\))?[^()]{0,10}\)|[^:\d]{0,30}(?:专用发票|普通发票(?:\(卷[票式]?\))?|销售统一发票|电子票据|收费票据)|[^:\d]{0,12}出租(?:汽)?车[^:\d]{0,12}(?:发票|车票)/

/** Whether such words stand anywhere on a page. */
export function hasTitle(items: readonly TextItem[]): boolean {
  return rowsOf(items).some(({ text }) => titleWords.test(text))
}
