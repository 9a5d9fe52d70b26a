import { readOfd } from '../ofd/index.ts'
import { narrowed, ofdLimits, openPackage, zipLimits, type Package } from '../package/index.ts'
import { readPdf } from '../pdf/index.ts'
import { readXmlFile } from '../xml-invoice/index.ts'
import { parseXml } from '../xml/index.ts'
import type { Budget } from './budget.ts'
import { readPicture } from './picture.ts'
import type { Content, FileFormat, ReadOptions } from './reading.ts'
import { Refusal } from './refusal.ts'
import { sniff, type Sniffed } from './sniff.ts'

/** A file whose first bytes were looked at; its package opened if it is one. */
export interface Opened {
  readonly bytes: Uint8Array
  readonly sniffed: Sniffed
  readonly pack: Package | null
}

/** One format: how its content shows, and how it is read. A new format is one line here. */
interface Reader {
  readonly fits: (file: Opened) => boolean
  /** Null: it holds other files, which are read one by one. */
  readonly read: ((file: Opened, budget: Budget, options: ReadOptions) => Promise<Content>) | null
}

/** An OFD that lost its OFD.xml is a damaged OFD, no archive of XML files. */
const isOfd = ({ pack }: Opened) => pack !== null && ['OFD.xml', 'Doc_0/Document.xml'].some((part) => pack.find(part) !== null)

/** Every format, in the order they are tried. */
export const readers = {
  ofd: {
    fits: isOfd,
    read: async ({ bytes, pack }, budget, { readPictures }) =>
      readOfd(pack ? narrowed(pack, ofdLimits) : openPackage(bytes, ofdLimits, budget), budget, readPictures),
  },
  zip: { fits: ({ pack }) => pack !== null, read: null },
  xml: {
    fits: ({ sniffed }) => sniffed === 'xml',
    read: async ({ bytes }, budget) => {
      const { drafts, problems } = readXmlFile(parseXml(bytes, budget))
      return { invoices: drafts.map((draft) => ({ draft, page: 1 })), problems }
    },
  },
  pdf: {
    fits: ({ sniffed }) => sniffed === 'pdf',
    read: async ({ bytes }, budget, { readPictures }) => readPdf(bytes, budget, readPictures),
  },
  image: { fits: ({ sniffed }) => sniffed === 'picture', read: async ({ bytes }, _, { readPictures }) => readPicture(bytes, readPictures) },
} as const satisfies Record<FileFormat, Reader>

const formats = Object.entries(readers) as [FileFormat, Reader][]

/** Looks at a file's content. Throws {@link Refusal} for a package that is not to be trusted. */
export function open(bytes: Uint8Array, budget: Budget): Opened {
  const sniffed = sniff(bytes)
  return { bytes, sniffed, pack: sniffed === 'package' ? openPackage(bytes, zipLimits, budget) : null }
}

/** The format of an opened file. */
export function formatOf(file: Opened): FileFormat {
  const found = formats.find(([, reader]) => reader.fits(file))
  if (!found) throw new Refusal('format-unknown', 'The file is of no format that invoices come in')
  return found[0]
}

/** The reader of a format. */
export function readerOf(format: FileFormat): Reader {
  return readers[format]
}
