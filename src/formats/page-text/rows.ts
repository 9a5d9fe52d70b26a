import type { TextItem } from './item.ts'

/** Items that stand on one line, from left to right, and their text without white space. */
export interface Row {
  readonly y: number
  readonly items: readonly TextItem[]
  readonly text: string
  /** For every character of `text`, the item it is from. */
  readonly owners: readonly TextItem[]
}

/** Baselines this close together are one line: labels and values are set in different sizes. */
const tolerance = 1.4
/** An upright side heading (购买方, 密码区, 备注) is set one character a line, away from everything else. */
const sideHeading = /^[购买销售方密码区备注信息说明]$/
const lonely = 1.5
/** Less than this between two characters, and they are one word. Millimetres. */
const touching = 0.6

/** Longer lines, and more of them, no page of an invoice has; searching them would only cost time. */
const maxLength = 1_000
const maxRows = 400

/** Puts the text of a page into lines. */
export function rowsOf(items: readonly TextItem[]): Row[] {
  const rows: TextItem[][] = []
  let baseline = Number.NEGATIVE_INFINITY
  for (const item of items.filter(({ text }) => text.trim() !== '').toSorted((a, b) => a.y - b.y)) {
    if (item.y - baseline > tolerance) {
      rows.push([])
      baseline = item.y
    }
    rows.at(-1)?.push(item)
  }
  return rows
    .slice(0, maxRows)
    .map((row) => toRow(withoutHeadings(row.toSorted((a, b) => a.x - b.x))))
    .filter(({ text }) => text !== '' && text.length <= maxLength)
}

/** The text of an item as labels and numbers are matched in it. */
export function compact(text: string): string {
  return plain.test(text) ? text : text.normalize('NFKC').replace(/[\s\0]/g, '')
}

/** Text that is compact as it stands, as all numbers are. */
const plain = /^[!-~]*$/

/** Characters that are objects of their own, joined to the words they make. Cells of a table stand further apart. */
export function wordsOf(row: Row): TextItem[] {
  const words: TextItem[] = []
  for (const item of row.items) {
    const last = words.at(-1)
    if (last && [...item.text.trim()].length === 1 && item.x - last.right < touching) {
      words[words.length - 1] = { ...last, text: last.text + item.text, right: item.right }
    } else words.push(item)
  }
  return words
}

function withoutHeadings(row: readonly TextItem[]): TextItem[] {
  return row.filter((item, index) => {
    if (!sideHeading.test(compact(item.text))) return true
    const before = row[index - 1]
    const after = row[index + 1]
    return (before !== undefined && item.x - before.right < lonely) || (after !== undefined && after.x - item.right < lonely)
  })
}

function toRow(items: readonly TextItem[]): Row {
  const owners: TextItem[] = []
  let text = ''
  for (const item of items) {
    for (const char of compact(item.text)) {
      text += char
      for (let unit = 0; unit < char.length; unit++) owners.push(item)
    }
  }
  return { y: items[0]?.y ?? 0, items, text, owners }
}
