import type { Problem, Seal } from '../../domain/index.ts'
import type { Entry, OfdFile } from '../../formats/index.ts'
import { sm3 } from '../crypto/sm3.ts'
import { gradeOf, type Grade } from '../seal/grade.ts'
import { emptySeal } from '../seal/empty.ts'
import type { Trust } from '../trust-list/list.ts'
import { checkSignature, type Checked, type Intact } from './check.ts'
import { findSignatures } from './find.ts'

/** A verdict, and the parts of the file it speaks for. */
export interface Judged {
  readonly seal: Seal
  /** What an intact signature covers; null when there is none. */
  readonly covered: ReadonlySet<Entry> | null
  /** The files of the signatures themselves, which need no cover. */
  readonly exempt: ReadonlySet<Entry>
  /** True when the signer leads to the trust list: only then do values count as signed. */
  readonly isTrusted: boolean
  /** The tax authority's code in the signer's certificate. */
  readonly taxOffice: string | null
}

/** Judges the signatures of an OFD: one file, one verdict, the first that holds. Never throws for what the file holds. */
export function judgeOfd(file: OfdFile, trust: Trust): Judged {
  const { list, signatures, doubts, problems } = findSignatures(file)
  const digestOf = digests(file)
  const checked = signatures.map((signature) => checkSignature(file, signature, digestOf))
  const nobody = { covered: null, exempt: new Set<Entry>(), isTrusted: false, taxOffice: null }
  const told = [...doubts, ...problems]

  const tampered = checked.filter(({ state }) => state === 'tampered')
  if (tampered.length > 0) return { ...nobody, seal: sealOf('tampered', trust, tampered, told) }
  const broken = checked.filter(({ state }) => state === 'broken')
  if (broken.length > 0 || doubts.length > 0) return { ...nobody, seal: sealOf('undecidable', trust, broken, told) }
  const intact = checked.filter((one) => one.state === 'intact')
  if (intact.length === 0) return { ...nobody, seal: sealOf('unsigned', trust, [], told) }

  const exempt = new Set([...(list ? [list] : []), ...intact.flatMap(({ signature, value }) => [signature, value])])
  const best = bestOf(intact.map((one) => ({ one, ...gradeOf(one.signed, one.times, trust), uncovered: uncoveredBy(one, file, exempt) })))
  const { one, grade, uncovered } = best
  const verdict =
    uncovered.length > 0 ? 'partial' : ({ trusted: 'trusted', test: 'test-seal', untrusted: 'untrusted-signer' } as const)[grade]
  const { signer, seal, signedAt } = one.signed
  return {
    covered: one.covered,
    exempt,
    isTrusted: grade === 'trusted',
    taxOffice: signer.extensions.taxOffice,
    seal: {
      ...sealOf(verdict, trust, [one], [...told, ...best.problems, ...(verdict === 'partial' && grade === 'test' ? [testSeal] : [])]),
      signer: signer.subject.commonName ?? signer.subject.organisation,
      issuer: signer.issuer.commonName ?? signer.issuer.organisation,
      sealName: seal?.name ?? null,
      algorithm: 'SM2 with SM3',
      signedAt: signedAt ?? one.times[0] ?? null,
      uncovered,
    },
  }
}

function digests(file: OfdFile) {
  const known = new Map<Entry, Uint8Array | null>()
  return (entry: Entry) => {
    if (!known.has(entry)) known.set(entry, digest(file, entry))
    return known.get(entry) ?? null
  }
}

function digest(file: OfdFile, entry: Entry): Uint8Array | null {
  try {
    return sm3(file.bytes(entry))
  } catch {
    return null
  }
}

/** Every entry but empty folders and the signatures' own files must be covered. */
function uncoveredBy({ covered }: Intact, file: OfdFile, exempt: ReadonlySet<Entry>): string[] {
  return file.entries
    .filter((entry) => !(entry.isFolder && entry.size === 0) && !covered.has(entry) && !exempt.has(entry))
    .map(({ name }) => name)
}

interface Candidate extends Grade {
  readonly one: Checked & Intact
  readonly uncovered: readonly string[]
}

const testSeal: Problem = { code: 'test-seal', message: 'The seal was made by an issuer of test seals' }

const order = ['trusted', 'test', 'untrusted'] as const

/** The signature that speaks for the file: of a trusted signer if there is one, then the one that covers most. */
function bestOf(candidates: readonly Candidate[]): Candidate {
  const [best] = candidates.toSorted((a, b) => order.indexOf(a.grade) - order.indexOf(b.grade) || a.uncovered.length - b.uncovered.length)
  if (!best) throw new RangeError('there is no signature to choose from')
  return best
}

function sealOf(verdict: Seal['verdict'], trust: Trust, checked: readonly Checked[], told: readonly Problem[]): Seal {
  const all = new Map(checked.flatMap(({ digests: some }) => [...some]))
  return {
    ...emptySeal(verdict, trust),
    digests: [...all].map(([name, holds]) => ({ name, holds })),
    altered: [...new Set(checked.flatMap(({ altered }) => altered))],
    problems: [...checked.flatMap((one) => one.problems), ...told],
  }
}
