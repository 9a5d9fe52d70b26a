import { budgetOf } from '../file/budget.ts'
import { formatOf, open } from '../file/readers.ts'
import type { FileReading, ReadOptions } from '../file/reading.ts'
import { refusalOf } from '../file/refusal.ts'
import { narrowed, ofdLimits, type Entry, type Package } from '../package/index.ts'
import { parseXml, textOf, type XmlElement } from '../xml/index.ts'
import { readOfd } from './index.ts'
import { resolve } from './paths.ts'

/** An OFD opened to be verified: its entries with their very bytes, and what it says as if only some of them were there. */
export interface OfdFile {
  /** Every line of the central directory, folders included. */
  readonly entries: readonly Entry[]
  /** The file of this path, whatever its case; null when there is none. */
  find(path: string): Entry | null
  /** The bytes of an entry. Throws for a damaged one: see `refusalOf`. */
  bytes(entry: Entry): Uint8Array
  /** Parses the bytes of an entry. Throws for what is no acceptable XML. */
  parse(bytes: Uint8Array): XmlElement
  /** Where a reference leads, seen from the file that holds it; null when out of the package. */
  resolve(from: Entry, reference: string): string | null
  /** Reads the invoices from these entries only. An `OFD.xml` that is not among them says where the document lies, and nothing else. */
  read(entries: ReadonlySet<Entry>): Promise<FileReading>
}

/** See the door. */
export function openOfd(bytes: Uint8Array, options: ReadOptions = {}): OfdFile | null {
  const budget = budgetOf(options)
  const opened = open(bytes, budget)
  if (opened.pack === null || formatOf(opened) !== 'ofd') return null
  const pack = narrowed(opened.pack, ofdLimits)
  return {
    entries: pack.entries,
    find: pack.find,
    bytes: (entry) => pack.read(entry),
    parse: (content) => parseXml(content, budget),
    resolve: ({ name }, reference) => resolve(name.slice(0, name.lastIndexOf('/') + 1), reference),
    async read(entries) {
      const file = options.file ?? null
      try {
        const { invoices, problems } = await readOfd(
          onlyOf(pack, entries, (main) => parseXml(main, budget)),
          budget,
          options.readPictures,
        )
        const drafts = invoices.map(({ draft, page }) => ({ ...draft, file, format: 'ofd' as const, page }))
        return { file, format: 'ofd', state: 'read', drafts, problems }
      } catch (error) {
        const { code, message } = refusalOf(error)
        return { file, format: 'ofd', state: 'refused', drafts: [], problems: [{ code, message }] }
      }
    },
  }
}

/** The package as if it held these entries only, and an `OFD.xml` that does nothing but point. */
function onlyOf(pack: Package, entries: ReadonlySet<Entry>, parse: (bytes: Uint8Array) => XmlElement): Package {
  const main = pack.find('OFD.xml')
  return {
    ...pack,
    entries: pack.entries.filter((entry) => entries.has(entry)),
    find(path) {
      const entry = pack.find(path)
      return entry !== null && (entries.has(entry) || entry === main) ? entry : null
    },
    read(entry, atMost) {
      const content = pack.read(entry, atMost)
      return entry === main && !entries.has(entry) ? pointer(parse(content)) : content
    },
  }
}

function pointer(main: XmlElement): Uint8Array {
  const bodies = main.children.filter(({ name }) => name === 'docbody')
  const roots = bodies.flatMap(({ children }) => textOf(children.find(({ name }) => name === 'docroot') ?? null) ?? [])
  const inside = roots.map((root) => `<DocBody><DocRoot>${root.replace(/[<>&]/g, '')}</DocRoot></DocBody>`)
  return new TextEncoder().encode(`<OFD>${inside.join('')}</OFD>`)
}
