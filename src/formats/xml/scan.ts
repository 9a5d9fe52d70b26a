import type { Budget } from '../file/budget.ts'
import { Refusal } from '../file/refusal.ts'
import { areChars, isChar, nameEnd, spaceEnd } from './characters.ts'
import type { XmlElement } from './element.ts'
import { knownNames, type Name } from './known-names.ts'
import { readReference } from './reference.ts'

const maxDepth = 48
const maxElements = 60_000
const maxAttributes = 64
/** Comments, CDATA sections and the like. */
const maxOthers = 60_000
/** References in text and values, of which each makes a string of its own. */
const maxReferences = 60_000
/** Elements between two looks at the time. */
const slice = 1_000

/** How many elements may still be made; counted down. */
export interface Room {
  elements: number
}

interface Growing {
  name: string
  attributes: Readonly<Record<string, string>>
  children: Growing[]
  text: string
}

/** Objects without a prototype that are as fast as others: `Object.create(null)` makes slow ones. */
const Attributes = function () {} as unknown as { new (): Record<string, string>; prototype: unknown }
Attributes.prototype = Object.create(null)

const nothing: Readonly<Record<string, string>> = Object.freeze(new Attributes())
const nobody: Growing[] = []
Object.freeze(nobody)

const declaration =
  /^<\?xml\s+version\s*=\s*(?:"1\.\d+"|'1\.\d+')(?:\s+encoding\s*=\s*(["'])[A-Za-z][\w.-]*\1)?(?:\s+standalone\s*=\s*(["'])(?:yes|no)\2)?\s*\?>/

const less = 60
const greater = 62
const ampersand = 38
const bracket = 93
const slash = 47
const equals = 61

/**
 * Scans a well-formed XML document without a document type into a small tree, strictly: what another parser would read differently, or not
 * at all, is refused. Names lose their prefix and their case; a prefix need not be declared, because real writers forget it.
 * Throws {@link Refusal}.
 * @param whole the document, its line ends those of XML (`\n`).
 */
export function scanXml(whole: string, budget: Budget, room: Room): XmlElement {
  const nameAt = knownNames(whole)
  /** Open elements, the innermost last, and how their names are written. */
  const open: Growing[] = []
  const written: string[] = []
  /** The attributes of the tag that is being read. */
  const seen: Name[] = []
  let root: Growing | null = null
  let elements = 0
  let others = 0
  let references = 0
  let at = declaration.exec(whole)?.[0].length ?? 0

  for (;;) {
    at = open.length > 0 ? text(open.at(-1)!) : spaceEnd(whole, at)
    if (at >= whole.length) break
    if (whole.charCodeAt(at) !== less) throw broken()
    const next = whole.charCodeAt(at + 1)
    if (next === slash) endTag()
    else if (next === 33 || next === 63) other()
    else startTag()
  }
  if (root === null || open.length > 0) throw broken()
  return root

  /** Character data up to the next `<`; returns where that is. */
  function text(into: Growing): number {
    let from = at
    let end = at
    for (; ; end++) {
      const code = whole.charCodeAt(end)
      if (code > bracket && code < 0xd800) continue
      if (code === less) break
      if (code === ampersand) {
        const reference = referenceAt(end)
        into.text += whole.slice(from, end) + reference.value
        from = reference.end
        end = from - 1
      } else if (code === bracket) {
        if (whole.startsWith(']]>', end)) throw broken()
      } else if (code < 0x20 || code >= 0xd800) end = charEnd(end) - 1
      else if (end >= whole.length) break
    }
    if (end > from) into.text = into.text === '' ? whole.slice(from, end) : into.text + whole.slice(from, end)
    return end
  }

  function referenceAt(place: number): { readonly value: string; readonly end: number } {
    const reference = readReference(whole, place)
    if (!reference) throw broken()
    if (++references > maxReferences) throw tooMany()
    return reference
  }

  function charEnd(place: number): number {
    const point = whole.codePointAt(place)!
    if (!isChar(point)) throw broken()
    return place + (point > 0xffff ? 2 : 1)
  }

  function startTag(): void {
    if (root !== null && open.length === 0) throw broken()
    const end = nameEnd(whole, at + 1)
    if (end === at + 1) throw broken()
    if (++elements > maxElements || --room.elements < 0 || open.length >= maxDepth) throw tooMany()
    if (elements % slice === 0) budget.check()
    const name = nameAt(at + 1, end)
    const element: Growing = { name: name.local, attributes: nothing, children: nobody, text: '' }
    const parent = open.at(-1)
    if (!parent) root = element
    else if (parent.children === nobody) parent.children = [element]
    else parent.children.push(element)
    at = end
    const code = whole.charCodeAt(at)
    if (code !== greater && code !== slash) element.attributes = attributes()
    if (whole.charCodeAt(at) === slash) {
      if (whole.charCodeAt(at + 1) !== greater) throw broken()
      at += 2
    } else {
      at++
      open.push(element)
      written.push(name.written)
    }
  }

  /** The attributes of a tag; `at` is then on its `>` or `/`. */
  function attributes(): Readonly<Record<string, string>> {
    let found: Record<string, string> = nothing
    seen.length = 0
    for (;;) {
      const from = spaceEnd(whole, at)
      const code = whole.charCodeAt(from)
      if (code === greater || code === slash) {
        at = from
        return found
      }
      const end = nameEnd(whole, from)
      if (from === at || end === from) throw broken()
      const name = nameAt(from, end)
      for (const { written: other } of seen) if (other === name.written) throw broken()
      if (seen.push(name) > maxAttributes) throw new Refusal('xml-limit', 'The XML has far more attributes than any invoice')
      at = spaceEnd(whole, end)
      if (whole.charCodeAt(at) !== equals) throw broken()
      at = spaceEnd(whole, at + 1)
      if (found === nothing) found = new Attributes()
      found[name.local] = attributeValue()
    }
  }

  function attributeValue(): string {
    const quote = whole.charCodeAt(at)
    if (quote !== 34 && quote !== 39) throw broken()
    let from = at + 1
    let value = ''
    for (let end = from; ; end++) {
      const code = whole.charCodeAt(end)
      if (code > less && code < 0xd800) continue
      if (code === quote) {
        at = end + 1
        return value === '' ? whole.slice(from, end) : value + whole.slice(from, end)
      }
      if (code === ampersand) {
        const reference = referenceAt(end)
        value += whole.slice(from, end) + reference.value
        from = reference.end
        end = from - 1
      } else if (code === 10 || code === 9) {
        if (++references > maxReferences) throw tooMany()
        value += `${whole.slice(from, end)} `
        from = end + 1
      } else if (code < 0x20 || code >= 0xd800) end = charEnd(end) - 1
      else if (code === less || end >= whole.length) throw broken()
    }
  }

  function endTag(): void {
    const name = written.pop()
    if (name === undefined || !whole.startsWith(name, at + 2)) throw broken()
    at = spaceEnd(whole, at + 2 + name.length)
    if (whole.charCodeAt(at) !== greater) throw broken()
    at++
    open.pop()
  }

  /** A comment, a CDATA section or a processing instruction. */
  function other(): void {
    if (++others > maxOthers) throw tooMany()
    if (whole.startsWith('<!--', at)) {
      const end = whole.indexOf('--', at + 4)
      if (end < 0 || whole.charCodeAt(end + 2) !== greater) throw broken()
      skip(end, 3)
    } else if (whole.startsWith('<![CDATA[', at) && open.length > 0) {
      const end = whole.indexOf(']]>', at + 9)
      if (end < 0) throw broken()
      const content = whole.slice(at + 9, end)
      open.at(-1)!.text += content
      skip(end, 3)
    } else if (whole.startsWith('<?', at)) {
      const name = nameEnd(whole, at + 2)
      const end = whole.indexOf('?>', name)
      const isTold = name > at + 2 && !/^xml$/i.test(whole.slice(at + 2, name))
      if (!isTold || end < 0 || (end > name && spaceEnd(whole, name) === name)) throw broken()
      skip(end, 2)
    } else throw broken()
  }

  function skip(end: number, length: number): void {
    if (!areChars(whole, at, end)) throw broken()
    at = end + length
  }
}

/** Of this, and of nothing else, is what a person reads made. */
function broken(): Refusal {
  return new Refusal('xml-broken', 'The XML is damaged')
}

function tooMany(): Refusal {
  return new Refusal('xml-limit', 'The XML has far more elements than any invoice')
}
