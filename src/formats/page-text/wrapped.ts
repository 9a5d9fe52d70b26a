import type { TextItem } from './item.ts'
import { asPrinted } from './look-alikes.ts'
import type { Labelled } from './labels.ts'
import { compact } from './rows.ts'

/** So far above its label a name may begin that is set around the middle of its box. Millimetres. */
const above = 3
/** What stands nearer to the next label belongs to that one. */
const below = 1.6
/** Without a next label: so many lines of a name are read. */
const most = 9
/** Lines of a name begin under one another, or under their label. */
const aligned = 1.5

/**
 * The whole of a name that goes on over several lines of its box.
 * @param next the labels that may stand under the name's, in the same box.
 */
export function wholeName(name: Labelled, next: readonly Labelled[], items: readonly TextItem[]): string {
  const under = next.filter(({ x, y }) => y > name.y && Math.abs(x - name.x) < sameBox).map(({ y }) => y - below)
  const end = under.length > 0 ? Math.min(...under) : name.y + most
  const lines = items.filter((item) => !name.pieces.includes(item) && item.y > name.y - above && item.y < end && isName(item))
  const [first] = name.pieces
  const left = first?.x ?? Math.min(...lines.filter(({ x }) => x > name.x + aligned && x < name.x + sameBox).map(({ x }) => x))
  const isUnder = (item: TextItem, x: number) => Math.abs(item.x - x) < aligned
  const others = lines.filter((item) => isUnder(item, left) || (isUnder(item, name.x) && item.y > (first?.y ?? name.y) + aligned))
  const parts = [{ y: first?.y ?? name.y, text: name.printed }, ...others.map(({ y, text }) => ({ y, text: asPrinted(text).trim() }))]
  return parts.toSorted((a, b) => a.y - b.y).reduce((whole, { text }) => whole + (isWordBreak(whole, text) ? ' ' : '') + text, '')
}

/** Names in Latin letters break between words, of which the next begins with a capital. */
function isWordBreak(before: string, after: string): boolean {
  return /[A-Za-z.,)&]$/.test(before) && /^[A-Z(&]/.test(after)
}

/** A box is wider than this. */
const sameBox = 40

/** No label and no figures. */
function isName({ text }: TextItem): boolean {
  const plain = compact(text)
  return plain !== '' && !plain.includes(':') && !/^(?:名称?|称|[\d.,*-]+|[0-9A-Z]{15,20})$/.test(plain)
}
