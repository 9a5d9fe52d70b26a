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
  /** Where pieces that were drawn one by one touch, from left to right; absent where nothing is known of it. */
  readonly joints?: readonly Joint[]
}

/** A place in a text where it may be two. */
export interface Joint {
  /** The index of the character that begins there. */
  readonly at: number
  /** How far it is from where the text begins. Millimetres. */
  readonly by: number
}

/** The two parts of an item. */
export function cut(item: TextItem, { at, by }: Joint): readonly [TextItem, TextItem] {
  const joints = item.joints ?? []
  const before = joints.filter((joint) => joint.at < at)
  const after = joints.flatMap((joint) => (joint.at > at ? [{ at: joint.at - at, by: joint.by - by }] : []))
  return [
    { ...item, text: item.text.slice(0, at), right: item.x + by, joints: before },
    { ...item, text: item.text.slice(at), x: item.x + by, joints: after },
  ]
}

/** Two that touch, as one. */
export function joined(before: TextItem, item: TextItem): TextItem {
  const by = item.x - before.x
  const own = (item.joints ?? []).map((joint) => ({ at: joint.at + before.text.length, by: joint.by + by }))
  const joints = [...(before.joints ?? []), { at: before.text.length, by }, ...own]
  return { ...before, text: before.text + item.text, right: item.right, joints }
}

/** The joint at a character, or else where its letters end if all are as wide. */
export function jointAt(item: TextItem, at: number): Joint {
  return item.joints?.find((joint) => joint.at === at) ?? { at, by: (at / item.text.length) * (item.right - item.x) }
}
