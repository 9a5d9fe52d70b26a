import type { Instant, Seal } from '../../domain/index.ts'
import type { FileDraft, FileReport, JudgedReading } from '../../formats/index.ts'
import type { CaptureSeal, JudgedFile } from '../../wallet/index.ts'

/** A draft, and the verdict on the very file it was read from. */
export interface JudgedDraft {
  readonly draft: FileDraft
  readonly seal: CaptureSeal | null
}

/** The drafts of a report, each with what its own file proves. */
export function judgedDrafts({ readings }: FileReport): readonly JudgedDraft[] {
  return readings.flatMap((one) => one.reading.drafts.map((draft) => ({ draft, seal: captureSealOf(one) })))
}

/** The evidence of a report, for every file in it that can carry a signature. */
export function judgedFiles({ readings }: FileReport, original: string, lists: string, at: Instant): readonly JudgedFile[] {
  return readings.flatMap(({ seal, sha256 }) => (seal === null || sha256 === null ? [] : [{ file: sha256, original, at, lists, seal }]))
}

function captureSealOf({ seal, sha256 }: JudgedReading): CaptureSeal | null {
  return seal === null || sha256 === null ? null : { file: sha256, verdict: seal.verdict, parts: partsOf(seal) }
}

function partsOf({ verdict, altered, uncovered }: Seal): number {
  return verdict === 'tampered' ? altered.length : verdict === 'partial' ? uncovered.length : 0
}
