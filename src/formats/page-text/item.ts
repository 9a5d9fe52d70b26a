/** Stands for a character of which only the shape is known. No value with it in it is taken. */
export const unreadable = '\uFFFD'

/** A run of text on a page. Millimetres from the page's upper left corner; `y` is the baseline. */
export interface TextItem {
  /** The object's id in its file; null where the format has none. */
  readonly id: string | null
  readonly text: string
  readonly x: number
  readonly right: number
  readonly y: number
}
