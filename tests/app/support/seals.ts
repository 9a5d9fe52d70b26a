import type { Seal, SealVerdict } from '../../../src/domain/index.ts'
import type { JudgedFile } from '../../../src/wallet/index.ts'
import { day, now } from './samples.ts'

/** An invented verdict with its evidence. */
export function sealOf(verdict: SealVerdict, change: Partial<Seal> = {}): Seal {
  return {
    verdict,
    signer: '演示税务局',
    issuer: '演示证书中心',
    sealName: '演示监制章',
    algorithm: 'SM2 with SM3',
    signedAt: now - 10 * day,
    trustList: 7,
    digests: [
      { name: 'OFD.xml', holds: true },
      { name: 'Doc_0/Document.xml', holds: true },
    ],
    uncovered: [],
    altered: [],
    problems: [],
    ...change,
  }
}

/** The same, as the wallet keeps it; judged twelve days ago. */
export function judgedOf(verdict: SealVerdict, change: Partial<Seal> = {}): JudgedFile {
  return { file: 'f'.repeat(64), original: 'f'.repeat(64), at: now - 12 * day, lists: '7.0', seal: sealOf(verdict, change) }
}
