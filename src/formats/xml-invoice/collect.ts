import type { Problem } from '../../domain/index.ts'
import { lineFields, maxLines, type RawInvoice, type RawLine, type TextField } from '../fields/index.ts'
import { textOf, type XmlElement } from '../xml/index.ts'
import type { Names } from './names.ts'

/** What an invoice element says in a dialect, and what it says twice. */
export interface Collected {
  readonly raw: RawInvoice
  readonly problems: readonly Problem[]
  /** The texts under a name (or `parent/name`) outside the goods lines. */
  readonly texts: (name: string) => readonly string[]
}

/** Gathers the fields of one invoice element by a dialect's names. A field with two different values is left out: nobody can tell which is right. */
export function collect(invoice: XmlElement, names: Names, read: (element: XmlElement) => string | null = textOf): Collected {
  const found = new Map<string, Set<string>>()
  const lines: RawLine[] = []
  const lineNames = names.line.name ?? []

  const visit = (element: XmlElement, parent: string) => {
    if (element !== invoice && isLine(element)) {
      // Those beyond what is read only say that there are more.
      if (lines.length <= maxLines) lines.push(toLine(element, names, read))
      return
    }
    const text = read(element)
    if (text !== null) {
      add(element.name, text)
      add(`${parent}/${element.name}`, text)
    }
    for (const one of element.children) visit(one, element.name)
  }
  const isLine = ({ children }: XmlElement) => {
    for (const { name } of children) if (lineNames.includes(name)) return true
    return false
  }
  const add = (key: string, text: string) => found.set(key, (found.get(key) ?? new Set()).add(text))
  visit(invoice, '')

  const problems: Problem[] = []
  const raw: Partial<Record<TextField, string>> = {}
  for (const [field, keys] of Object.entries(names.fields) as [TextField, readonly string[]][]) {
    const texts = keys.map((key) => found.get(key)).find((set) => set !== undefined)
    if (texts === undefined) continue
    const [text, second] = texts
    if (text !== undefined && second === undefined) raw[field] = text
    else problems.push({ code: 'field-ambiguous', message: `${field}: the file says two different things` })
  }
  return { raw: { ...raw, lines }, problems, texts: (name) => [...(found.get(name) ?? [])] }
}

function toLine(element: XmlElement, names: Names, read: (element: XmlElement) => string | null): RawLine {
  const line: Partial<Record<keyof RawLine, string | null>> = {}
  for (const field of lineFields) {
    const holder = element.children.find(({ name }) => names.line[field]?.includes(name))
    line[field] = holder ? read(holder) : null
  }
  return line
}
