import { speakingSeal, type InvoiceStatus, type Seal, type SealVerdict } from '../../domain/index.ts'
import type { CaptureSeal, Entry } from '../../wallet/index.ts'
import type { SealWords } from '../locales/zh-CN/seal.ts'
import type { Face } from './face.ts'

/** How the verdict on a seal looks: a trusted one blue, an altered file red, never green. */
export const sealFaces: Readonly<Record<SealVerdict, Face>> = {
  trusted: { mark: 'seal', tone: 'blue' },
  tampered: { mark: 'altered', tone: 'red' },
  partial: { mark: 'look', tone: 'amber' },
  'untrusted-signer': { mark: 'seal-open', tone: 'grey' },
  'seller-signed': { mark: 'seal-open', tone: 'grey' },
  'test-seal': { mark: 'seal-open', tone: 'grey' },
  undecidable: { mark: 'seal-open', tone: 'grey' },
  unsigned: { mark: 'unsigned', tone: 'grey' },
}

/** The verdict that speaks for an invoice; null when none of its files was judged. */
export function sealOfEntry({ captures }: Pick<Entry, 'captures'>): CaptureSeal | null {
  return speakingSeal(captures.flatMap(({ seal }) => seal ?? []))
}

/** True when a card says what its file proves: nobody has answered, and the person has nothing to add first. */
export function sealSpeaks(status: InvoiceStatus, seal: CaptureSeal | null): seal is CaptureSeal {
  if (seal === null) return false
  switch (status.is) {
    case 'unasked':
    case 'uncheckable':
      return true
    case 'answered':
      return status.verdict === 'cannot-be-checked'
    case 'waiting':
      // That a file proves nothing says less than what it is waiting for.
      return seal.verdict !== 'unsigned'
    default:
      return false
  }
}

/** Parts of a file that people have a word for. */
export type PartKind =
  'index' | 'page' | 'data' | 'tags' | 'picture' | 'template' | 'signature' | 'value' | 'signed-bytes' | 'appended-bytes' | 'other'

const kinds: readonly (readonly [RegExp, PartKind])[] = [
  [/^signed bytes$/, 'signed-bytes'],
  [/^the last \d+ bytes$/, 'appended-bytes'],
  [/SignedValue\.dat$/i, 'value'],
  [/Signatures?\.xml$/i, 'signature'],
  [/(?:^|\/)(?:OFD|Document|DocumentRes|PublicRes|Attachments)\.xml$/i, 'index'],
  [/CustomTags?\.xml$/i, 'tags'],
  [/Tpls?\//i, 'template'],
  [/Content\.xml$/i, 'page'],
  [/Attachs?\//i, 'data'],
  [/\.(?:png|jpe?g|bmp|gif|jb2|tiff?)$/i, 'picture'],
]

export function partKind(name: string): PartKind {
  return kinds.find(([pattern]) => pattern.test(name))?.[1] ?? 'other'
}

/** The most parts a sentence names. */
const named = 3

/** The exact sentence of a verdict. */
export function sealSentence({ verdict, signer, altered, uncovered, problems }: Seal, words: SealWords): string {
  const names = [...new Set((verdict === 'tampered' ? altered : uncovered).map((name) => words.part(partKind(name), name)))]
  return words.sentence(verdict, {
    signer,
    parts: words.someParts(names.slice(0, named), Math.max(0, names.length - named)),
    vouched: problems.some(({ code }) => code === 'trusted-by-imported-list'),
  })
}
