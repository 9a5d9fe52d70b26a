import type { Instant, Problem } from '../../domain/index.ts'
import type { Certificate } from '../certificate/certificate.ts'
import { follow, type Chain } from '../certificate/chain.ts'
import type { Trust, TrustList } from '../trust-list/list.ts'
import type { SignedValue } from './signed-value.ts'

/** Who stands behind an intact signature. */
export interface Grade {
  readonly grade: 'trusted' | 'test' | 'untrusted'
  readonly problems: readonly Problem[]
}

/** Holds an intact signature against the trust list. What only an imported list trusts stays untrusted, and is told. */
export function gradeOf(signed: SignedValue, times: readonly Instant[], { list, imported }: Trust): Grade {
  const told = signed.hasTimestamp ? [{ code: 'timestamp-unchecked', message: 'A timestamp came along that is not checked here' }] : []
  const graded = gradeBy(signed, times, list)
  if (graded.grade !== 'untrusted' || imported === null) return { ...graded, problems: [...graded.problems, ...told] }
  const own = gradeBy(signed, times, { ...imported, revocations: [...imported.revocations, ...list.revocations] })
  const vouched = { code: 'trusted-by-imported-list', message: 'Only a list that was imported trusts the signer' }
  return { grade: 'untrusted', problems: [...(own.grade === 'trusted' ? [vouched] : graded.problems), ...told] }
}

function gradeBy(signed: SignedValue, times: readonly Instant[], list: TrustList): Grade {
  const { signer, pool, seal } = signed
  const problems: Problem[] = []
  const chains = [judge('signer', signer, follow(signer, pool, list, times), problems)]
  if (seal) {
    // Makers' certificates may begin days after the seal they made says it was made.
    chains.push(judge('maker', seal.maker, follow(seal.maker, pool, list, [...times, seal.createdAt]), problems))
    if (!seal.namesSigner) problems.push({ code: 'signer-not-in-seal', message: 'The seal does not name the signer’s certificate' })
    if (!times.some((time) => seal.validFrom <= time && time <= seal.validTo))
      problems.push({ code: 'seal-expired', message: 'The seal was not valid at the time the signature states' })
  } else {
    // What came along and is not used is not protected by anything else.
    const idle = pool.filter((one) => one !== signer && follow(one, pool, list, times).leads !== 'anchor')
    if (idle.length > 0)
      problems.push({ code: 'certificate-unknown', message: 'A certificate came along that leads to nobody on the trust list' })
  }
  // What is made for tests is called so, whatever else is wrong with it.
  if (chains.includes('test')) return { grade: 'test', problems }
  return { grade: problems.length > 0 ? 'untrusted' : 'trusted', problems }
}

const reasons = {
  unknown: 'leads to nobody on the trust list',
  revoked: 'is revoked',
  expired: 'was not valid at the time the signature states',
  forged: 'names an issuer on the trust list who did not sign it',
  unfit: 'may not be used for this',
} as const

/** Adds why a certificate is not trusted; an issuer of test seals is no problem, but a grade of its own. */
function judge(role: 'signer' | 'maker', { extensions }: Certificate, { leads }: Chain, problems: Problem[]): Chain['leads'] {
  const fit = extensions.uses === null || extensions.uses.signing
  const found = leads === 'anchor' && !fit ? 'unfit' : leads
  if (found !== 'anchor' && found !== 'test') {
    const who = role === 'maker' ? 'seal’s maker' : 'signer'
    problems.push({ code: `${role}-${found}`, message: `The certificate of the ${who} ${reasons[found]}` })
  }
  return found
}
