/** One element. Names are without prefix and in lower case: writers agree on neither. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  /** The text directly inside, CDATA included. */
  readonly text: string
}

/** The first child of one of these names. */
export function child(element: XmlElement | null, ...names: readonly string[]): XmlElement | null {
  return element?.children.find((one) => names.includes(one.name)) ?? null
}

/** The element at the end of a path of names. */
export function at(element: XmlElement | null, ...path: readonly string[]): XmlElement | null {
  return path.reduce<XmlElement | null>((found, name) => child(found, name), element)
}

/** The element and everything below it that has one of these names, in document order. */
export function all(element: XmlElement, ...names: readonly string[]): XmlElement[] {
  const found: XmlElement[] = []
  const visit = (one: XmlElement) => {
    if (names.includes(one.name)) found.push(one)
    one.children.forEach(visit)
  }
  visit(element)
  return found
}

/** The text of an element, white space around it removed; null when there is none. */
export function textOf(element: XmlElement | null): string | null {
  return element?.text.trim() || null
}
