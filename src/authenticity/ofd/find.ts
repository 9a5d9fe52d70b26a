import type { Problem } from '../../domain/index.ts'
import { all, child, textOf, type Entry, type OfdFile, type XmlElement } from '../../formats/index.ts'

/** No invoice is signed more often. */
const most = 16

/** The signatures that a package declares. */
export interface Found {
  /** Signatures.xml; null when there is none. */
  readonly list: Entry | null
  /** The Signature.xml files. */
  readonly signatures: readonly Entry[]
  /** Why nobody can decide, whatever the signatures say. */
  readonly doubts: readonly Problem[]
  /** What is worth telling and changes nothing. */
  readonly problems: readonly Problem[]
}

/** `OFD.xml` → Signatures.xml → each Signature.xml (GB/T 33190 18.1). Whatever is broken on the way is told, not thrown. */
export function findSignatures(file: OfdFile): Found {
  const main = file.find('OFD.xml')
  const tree = main && parse(file, main)
  const bodies = tree?.children.filter(({ name }) => name === 'docbody') ?? []
  const declared = main === null ? [] : bodies.flatMap((body) => textOf(child(body, 'signatures')) ?? [])
  const paths = main === null ? [] : declared.map((reference) => file.resolve(main, reference))
  const list = paths[0] ? file.find(paths[0]) : null
  const listed = list && readList(file, list)

  const doubts: Problem[] = []
  const problems: Problem[] = []
  if (bodies.length > 1 && declared.length > 0)
    doubts.push({ code: 'several-documents', message: 'The package holds more than one document, and a signature speaks of one' })
  if (listed?.missing.length) doubts.push({ code: 'signature-missing', message: `A listed signature is not there: ${listed.missing[0]}` })
  if (listed && listed.entries.length > most)
    doubts.push({ code: 'signature-limit', message: 'The package holds more signatures than anybody makes' })
  if (listed?.entries.length) return { list, signatures: listed.entries.slice(0, most), doubts, problems }

  if (declared.length > 0 && list === null)
    problems.push({ code: 'signatures-missing', message: 'The package says that it is signed, and the signatures are not in it' })
  // Signatures that nobody declares any more: taken out of the list, or the list cannot be read.
  const left = file.entries.filter(({ name, isFolder }) => !isFolder && /(?:^|\/)signature\.xml$/i.test(name))
  if (left.length > 0)
    doubts.push({ code: 'signature-unlisted', message: 'A signature lies in the package, and no readable list names it' })
  else if (list !== null && listed === null)
    doubts.push({ code: 'signatures-unreadable', message: 'The list of signatures cannot be read' })
  return { list, signatures: left.slice(0, most), doubts, problems }
}

function readList(file: OfdFile, list: Entry): { readonly entries: readonly Entry[]; readonly missing: readonly string[] } | null {
  const tree = parse(file, list)
  if (tree?.name !== 'signatures') return null
  const entries = new Set<Entry>()
  const missing: string[] = []
  for (const { attributes } of all(tree, 'signature')) {
    const reference = attributes.baseloc ?? ''
    const path = file.resolve(list, reference)
    const entry = path === null ? null : file.find(path)
    if (entry) entries.add(entry)
    else missing.push(reference.slice(0, 100))
  }
  return { entries: [...entries], missing }
}

function parse(file: OfdFile, entry: Entry): XmlElement | null {
  try {
    return file.parse(file.bytes(entry))
  } catch {
    return null
  }
}
