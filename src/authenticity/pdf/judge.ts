import type { Instant, Problem, Seal } from '../../domain/index.ts'
import { readPdfSignatures, refusalOf, type PdfSignature, type ReadOptions } from '../../formats/index.ts'
import { sameBytes } from '../crypto/bytes.ts'
import { Malformed } from '../der/read.ts'
import { parseTime } from '../der/values.ts'
import { emptySeal } from '../seal/empty.ts'
import type { Trust } from '../trust-list/list.ts'
import { readPdfValue, type PdfValue } from './value.ts'
import { strengthOf, verifyPdfValue } from './verify.ts'

type Placed = Extract<PdfSignature, { readonly is: 'placed' }>

/** A signature that holds. */
interface Held {
  readonly value: PdfValue
  readonly appended: number
  readonly signedAt: Instant | null
}

/**
 * Judges the signatures of a PDF. They are the seller's, and nobody vouches for the name in them: the best a PDF can be is `seller-signed`,
 * if all its signatures hold and one signer's covers the whole file. Never throws for what the file holds.
 */
export async function judgePdf(bytes: Uint8Array, trust: Trust, options?: ReadOptions): Promise<Seal> {
  let signatures: readonly PdfSignature[]
  try {
    signatures = await readPdfSignatures(bytes, options)
  } catch (error) {
    const { code, message } = refusalOf(error)
    return emptySeal('undecidable', trust, [{ code, message }])
  }
  if (signatures.length === 0) return emptySeal('unsigned', trust)

  const held: Held[] = []
  const doubts: Problem[] = []
  for (const signature of signatures) {
    const found = await hold(signature)
    if (found === 'fails') return { ...emptySeal('tampered', trust, doubts), altered: ['signed bytes'] }
    if ('code' in found) doubts.push(found)
    else held.push(found)
  }
  const [last] = held.toSorted((a, b) => a.appended - b.appended)
  if (doubts.length > 0 || !last) return emptySeal('undecidable', trust, doubts)
  return sealOf(held, last, trust)
}

async function hold(signature: PdfSignature): Promise<Held | Problem | 'fails'> {
  if (signature.is === 'broken')
    return { code: 'signature-nonstandard', message: 'What the signature says it covers is not the file around it' }
  try {
    const value = readPdfValue(signature)
    const outcome = await verifyPdfValue(value, join(signature.signed))
    if (outcome === 'fails') return 'fails'
    if (outcome === 'unknown') return { code: 'signature-unverifiable', message: 'This platform cannot check signatures of this kind' }
    return { value, appended: signature.appended, signedAt: value.signedAt ?? statedTime(signature) }
  } catch (error) {
    const message = error instanceof Malformed ? error.message : refusalOf(error).message
    return { code: 'signature-nonstandard', message }
  }
}

/** An earlier signature that another signer built on covers only what there was before: then no one signer stands for the whole. */
function sealOf(held: readonly Held[], last: Held, trust: Trust): Seal {
  const { value, appended, signedAt } = last
  const { name, isWeak } = strengthOf(value)
  const others = held.filter((one) => !sameBytes(one.value.signer.keyInfo, value.signer.keyInfo))
  const behind = Math.max(appended, ...others.map((one) => one.appended))
  const problems: Problem[] = []
  if (behind > 0) problems.push({ code: 'bytes-appended', message: `${behind} bytes were appended after signing` })
  if (others.length > 0) problems.push({ code: 'several-signers', message: 'More than one signer signed the file, one after the other' })
  if (isWeak) problems.push({ code: 'weak-algorithm', message: `${name} no longer counts as strong` })
  return {
    ...emptySeal(behind > 0 ? 'partial' : 'seller-signed', trust, problems),
    signer: value.signer.subject.commonName ?? value.signer.subject.organisation,
    issuer: value.signer.issuer.commonName ?? value.signer.issuer.organisation,
    algorithm: name,
    signedAt,
    uncovered: behind > 0 ? [`the last ${behind} bytes`] : [],
  }
}

function statedTime({ statedAt }: Placed): Instant | null {
  return statedAt === null ? null : parseTime(statedAt.replace(/^D:/, '').replaceAll("'", ''))
}

function join([before, behind]: Placed['signed']): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(before.length + behind.length)
  whole.set(before)
  whole.set(behind, before.length)
  return whole
}
