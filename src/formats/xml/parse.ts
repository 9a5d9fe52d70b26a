import { SaxesParser } from 'saxes'
import type { Budget } from '../file/budget.ts'
import { Refusal } from '../file/refusal.ts'
import { decodeXml } from './decode.ts'
import type { XmlElement } from './element.ts'

const maxBytes = 8_000_000
const maxDepth = 48
const maxElements = 60_000
/** Tags, closing ones included: counted before parsing, because counting costs nothing and parsing does. */
const maxTags = 150_000
const maxAttributes = 64
/** Characters parsed between two looks at the time. */
const slice = 65_536

interface Growing {
  name: string
  attributes: Record<string, string>
  children: Growing[]
  text: string
}

/**
 * Parses an XML file into a small tree. Any document type or entity declaration is refused before the parser sees it, in every encoding.
 * Throws {@link Refusal}.
 */
export function parseXml(bytes: Uint8Array, budget: Budget): XmlElement {
  if (bytes.length > maxBytes) throw new Refusal('xml-limit', 'The XML is far larger than any invoice')
  const text = decodeXml(bytes)
  if (/<!\s*(?:DOCTYPE|ENTITY)/i.test(text)) throw new Refusal('xml-doctype', 'The XML declares a document type, which no invoice does')
  if (isOver(text, '<', maxTags)) throw tooMany()
  return parseText(text, budget)
}

function parseText(text: string, budget: Budget): XmlElement {
  // Without `xmlns` the parser accepts names that real writers produce and no namespace rule allows, such as `<:eInvoice xmlns:="">`.
  const parser = new SaxesParser({ xmlns: false, fragment: false })
  const root: Growing = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  let count = 0
  let attributeCount = 0

  parser.on('error', () => {
    throw new Refusal('xml-broken', 'The XML is damaged')
  })
  parser.on('doctype', () => {
    throw new Refusal('xml-doctype', 'The XML declares a document type, which no invoice does')
  })
  parser.on('opentagstart', () => {
    attributeCount = 0
  })
  parser.on('attribute', () => {
    if (++attributeCount > maxAttributes) throw new Refusal('xml-limit', 'The XML has far more attributes than any invoice')
  })
  parser.on('opentag', ({ name, attributes }) => {
    if (++count > maxElements || open.length > maxDepth) throw tooMany()
    const element: Growing = { name: localName(name), attributes: Object.create(null) as Record<string, string>, children: [], text: '' }
    for (const key of Object.keys(attributes)) element.attributes[localName(key)] = attributes[key] ?? ''
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

  for (let start = 0; start < text.length; start += slice) {
    budget.check()
    parser.write(text.slice(start, start + slice))
  }
  parser.close()
  const [element] = root.children
  if (!element) throw new Refusal('xml-broken', 'The XML is empty')
  return element
}

/** True when a character stands more than `most` times in a text. */
function isOver(text: string, char: string, most: number): boolean {
  let count = 0
  for (let at = text.indexOf(char); at >= 0; at = text.indexOf(char, at + 1)) if (++count > most) return true
  return false
}

function tooMany(): Refusal {
  return new Refusal('xml-limit', 'The XML has far more elements than any invoice')
}

function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1).toLowerCase()
}
