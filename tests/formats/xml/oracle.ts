import { SaxesParser } from 'saxes'
import type { XmlElement } from '../../../src/formats/xml/index.ts'

interface Growing {
  name: string
  attributes: Record<string, string>
  children: Growing[]
  text: string
}

const localName = (name: string) => name.slice(name.lastIndexOf(':') + 1).toLowerCase()

/** The tree of a document as another parser sees it; null for what it finds not well-formed. */
export function oracleTree(text: string): XmlElement | null {
  // Without `xmlns` it accepts prefixes that are not declared, as real writers leave them.
  const parser = new SaxesParser({ xmlns: false, fragment: false })
  const root: Growing = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  let isWell = true
  parser.on('error', () => {
    isWell = false
  })
  parser.on('opentag', ({ name, attributes }) => {
    const own = Object.entries(attributes).map(([key, value]) => [localName(key), value] as const)
    const element: Growing = { name: localName(name), attributes: Object.fromEntries(own), children: [], text: '' }
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  parser.on('closetag', () => {
    open.pop()
  })
  const add = (part: string) => {
    const element = open.at(-1)
    if (element) element.text += part
  }
  parser.on('text', add)
  parser.on('cdata', add)
  try {
    parser.write(text).close()
  } catch {
    return null
  }
  return isWell ? (root.children[0] ?? null) : null
}
