import type { Problem } from '../../domain/index.ts'
import type { Budget } from '../file/budget.ts'
import { Refusal, refusalOf, type RefusalCode } from '../file/refusal.ts'
import type { Package } from '../package/index.ts'
import { parseXml, type XmlElement } from '../xml/index.ts'
import { resolve } from './paths.ts'

/** The parts of an OFD package. What is missing or damaged is told in `problems`, and reading goes on with the rest. */
export interface Parts {
  readonly problems: readonly Problem[]
  /** The path of an existing part that a reference names, seen from the first of these folders from which it leads anywhere. */
  locate(folder: string, reference: string | null, ...otherFolders: readonly string[]): string | null
  /**
   * The tree of a part, made once.
   * @param most elements that it may have, where it is known that no invoice has more.
   */
  xml(path: string | null, most?: number): XmlElement | null
  bytes(path: string | null): Uint8Array | null
  /** Whether these parts together are no more XML than an invoice has, told before any of them is unpacked. */
  fits(paths: readonly string[]): boolean
  /** Paths of all parts that fit, for files whose references are broken. */
  search(pattern: RegExp): string[]
}

/** Faults that concern the whole file, not one part of it. */
const fatal = new Set(['aborted', 'deadline', 'xml-doctype', 'package-encrypted', 'package-size', 'package-bomb'])

/** XML of one package altogether, in bytes: that of an invoice of two thousand lines. */
const maxXml = 6_000_000
/** Elements of one package altogether: those of that invoice, drawn and tagged. */
const maxElements = 100_000
/** More problems than this say nothing more. */
const maxProblems = 40

export function partsOf(pack: Package, budget: Budget): Parts {
  const problems: Problem[] = []
  const trees = new Map<string, XmlElement | null>()

  function attempt<T>(path: string, read: () => T): T | null {
    try {
      return read()
    } catch (error) {
      const refusal = refusalOf(error)
      if (fatal.has(refusal.code)) throw refusal
      tell(refusal, path)
      return null
    }
  }
  let parsed = 0
  const room = { elements: maxElements }
  function tree(path: string, most: number): XmlElement | null {
    const size = pack.find(path)?.size ?? 0
    // Before it is inflated: what is too much costs nothing.
    if (parsed + size > maxXml) return attempt(path, () => fail('xml-limit', 'The document has far more XML than any invoice'))
    parsed += size
    const content = bytes(path)
    const left = { elements: Math.min(most, room.elements) }
    const before = left.elements
    const root = content && attempt(path, () => parseXml(content, budget, left))
    room.elements -= before - left.elements
    return root
  }
  function tell({ code, message }: Problem, path: string) {
    if (problems.length < maxProblems) problems.push({ code, message: `${path.slice(0, 100)}: ${message}` })
  }
  // A part is often looked at twice in a row: what it is, then what it says.
  let last: { readonly path: string; readonly content: Uint8Array | null } | null = null
  function bytes(path: string | null): Uint8Array | null {
    const entry = path === null ? null : pack.find(path)
    if (path === null || entry === null) return null
    if (last?.path !== path) last = { path, content: attempt(path, () => pack.read(entry)) }
    return last.content
  }
  return {
    problems,
    bytes,
    fits(paths) {
      const size = paths.reduce((sum, path) => sum + (pack.find(path)?.size ?? 0), 0)
      if (size > maxXml)
        tell({ code: 'xml-limit', message: 'Its pages have far more XML than any invoice, and are not read' }, 'Document.xml')
      return size <= maxXml
    },
    locate(folder, reference, ...otherFolders) {
      if (reference === null) return null
      const found = [folder, ...otherFolders]
        .map((one) => resolve(one, reference))
        .find((path) => path !== null && pack.find(path) !== null)
      if (!found) {
        tell({ code: 'part-missing', message: 'A part is referred to and not there' }, reference)
        return null
      }
      return found
    },
    xml(path, most = maxElements) {
      if (path === null) return null
      if (!trees.has(path)) trees.set(path, tree(path, most))
      return trees.get(path) ?? null
    },
    search: (pattern) => pack.entries.filter(({ name, isFolder }) => !isFolder && pattern.test(name)).map(({ name }) => name),
  }
}

function fail(code: RefusalCode, message: string): never {
  throw new Refusal(code, message)
}
