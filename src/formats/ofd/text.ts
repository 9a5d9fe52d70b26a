import type { TextItem } from '../page-text/index.ts'
import { all, type XmlElement } from '../xml/index.ts'
import { mostElements, type OfdDocument, type OfdPage } from './document.ts'
import type { Parts } from './parts.ts'

/** The text of one page, its template's included. */
export interface PageText {
  readonly id: string
  readonly items: readonly TextItem[]
}

/** The text objects of every page and template, by the ids that custom tags refer to. */
export interface DocumentText {
  readonly pages: readonly PageText[]
  /** The text object with this id on a page (or template) with this id; null when there is none, or more than one. */
  find(pageId: string, objectId: string): TextItem | null
  /** The place of a page among the pages, from 0. */
  place(pageId: string): number
}

export function readText(parts: Parts, document: OfdDocument): DocumentText {
  const templates = new Map(document.templates.map((one) => [one.id, textItems(parts, one)]))
  const own = new Map(document.pages.map((one) => [one.id, textItems(parts, one)]))
  const byId = new Map<string, Map<string, TextItem | null>>()
  for (const [id, items] of [...templates, ...own]) byId.set(id, index(items))
  const templatesOf = (page: OfdPage) =>
    (parts.xml(page.path, mostElements)?.children ?? [])
      .filter(({ name }) => name === 'template')
      .flatMap(({ attributes }) => attributes.templateid ?? [])
  const used = new Map(document.pages.map((page) => [page.id, templatesOf(page)]))
  return {
    pages: document.pages.map(({ id }) => ({
      id,
      items: [...(own.get(id) ?? []), ...(used.get(id) ?? []).flatMap((template) => templates.get(template) ?? [])],
    })),
    find(pageId, objectId) {
      for (const id of [pageId, ...(used.get(pageId) ?? [])]) {
        const item = byId.get(id)?.get(objectId)
        if (item !== undefined) return item
      }
      return null
    },
    place: (pageId) =>
      Math.max(
        0,
        document.pages.findIndex(({ id }) => id === pageId),
      ),
  }
}

function index(items: readonly TextItem[]): Map<string, TextItem | null> {
  const map = new Map<string, TextItem | null>()
  for (const item of items) if (item.id !== null) map.set(item.id, map.has(item.id) ? null : item)
  return map
}

function textItems(parts: Parts, page: OfdPage): TextItem[] {
  const tree = parts.xml(page.path, mostElements)
  return tree ? all(tree, 'textobject').flatMap(toItem) : []
}

function toItem(object: XmlElement): TextItem[] {
  const codes = object.children.filter(({ name }) => name === 'textcode')
  const text = codes.map((code) => (breaks.test(code.text) ? code.text.replace(/[\r\n\t]+/g, ' ') : code.text)).join('')
  if (text.trim() === '') return []
  const [left, top] = cornerOf(object.attributes.boundary)
  const first = codes[0] ?? null
  const size = Number(object.attributes.size) || 3
  const x = left + (Number(first?.attributes.x) || 0)
  const right = x + (advance(first) ?? widthOf(text, size))
  return [{ id: object.attributes.id ?? null, text, x, right, y: top + (Number(first?.attributes.y) || 0) }]
}

const breaks = /[\r\n\t]/

/** About as wide as it is set: Latin half as wide as it is high, all else as wide. */
function widthOf(text: string, size: number): number {
  const end = text.trimEnd().length
  let halves = 0
  for (let at = 0; at < end; at++) {
    const code = text.charCodeAt(at)
    // The second half of a pair adds nothing to the first.
    halves += code < 0x100 ? 1 : code >= 0xdc00 && code < 0xe000 ? 0 : 2
  }
  return (halves * size) / 2
}

/** The width that DeltaX gives, `g n d` meaning n times d (GB/T 33190 11.3); null when it breaks the line. */
function advance(code: XmlElement | null): number | null {
  const tokens = code?.attributes.deltax?.trim().split(spaces) ?? []
  let width = 0
  let last = 0
  for (let at = 0; at < tokens.length; at++) {
    const repeated = tokens[at] === 'g'
    const value = Number(tokens[repeated ? at + 2 : at])
    const times = repeated ? Number(tokens[at + 1]) : 1
    if (!(value >= 0 && times >= 0 && times <= 10_000)) return null
    width += value * times
    last = value
    if (repeated) at += 2
  }
  return tokens.length === 0 ? null : width + last
}

/** The first two numbers of a boundary: its upper left corner. Mostly there is one blank between them. */
function cornerOf(boundary = ''): readonly [x: number, y: number] {
  const first = boundary.indexOf(' ')
  const second = boundary.indexOf(' ', first + 1)
  const [x, y] = [Number(boundary.slice(0, first)), Number(boundary.slice(first + 1, second))]
  if (first > 0 && second > first + 1 && !Number.isNaN(x + y)) return [x, y]
  const [left, top] = boundary.trim().split(spaces, 2)
  return [Number(left) || 0, Number(top) || 0]
}

const spaces = /\s+/

/** The images that pages place, by resource id, in page order. */
export function placedImages(parts: Parts, document: OfdDocument): string[] {
  const trees = [...document.pages, ...document.templates].flatMap(({ path }) => parts.xml(path) ?? [])
  return [...new Set(trees.flatMap((tree) => all(tree, 'imageobject').flatMap(({ attributes }) => attributes.resourceid ?? [])))]
}
