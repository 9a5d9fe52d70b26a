import type { Problem, Seal, SealVerdict } from '../../domain/index.ts'
import type { Trust } from '../trust-list/list.ts'

/** A verdict with nothing to show for it but problems. */
export function emptySeal(verdict: SealVerdict, { list }: Trust, problems: readonly Problem[] = []): Seal {
  return {
    verdict,
    signer: null,
    issuer: null,
    sealName: null,
    algorithm: null,
    signedAt: null,
    trustList: list.version,
    digests: [],
    uncovered: [],
    altered: [],
    problems,
  }
}
