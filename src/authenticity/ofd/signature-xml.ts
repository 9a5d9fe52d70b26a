import { child, textOf, type XmlElement } from '../../formats/index.ts'
import type { Instant } from '../../domain/index.ts'
import { fromBase64 } from '../crypto/bytes.ts'
import { oids } from '../crypto/signature.ts'
import { Malformed } from '../der/read.ts'
import { parseTime } from '../der/values.ts'

/** What a Signature.xml says (GB/T 33190 18.2). */
export interface SignatureXml {
  readonly references: readonly { readonly path: string; readonly digest: Uint8Array }[]
  /** Where the signature value lies. */
  readonly value: string
  /** When it says it was signed. Some write local time and call it UTC, so each time that it may mean. */
  readonly times: readonly Instant[]
}

const eightHours = 8 * 3_600_000

/** Reads a Signature.xml. Throws {@link Malformed}; also for MD5 and SHA-1, which prove nothing any more. */
export function readSignatureXml(tree: XmlElement): SignatureXml {
  const info = only(tree, 'signedinfo')
  const references = only(info, 'references')
  // Absent it means MD5 (18.2.3).
  const method = references.attributes.checkmethod?.trim().toLowerCase()
  if (tree.name !== 'signature' || (method !== 'sm3' && method !== oids.sm3)) throw new Malformed('The digests are not made with SM3')
  const algorithm = textOf(child(info, 'signaturemethod'))
  if (algorithm !== null && algorithm !== oids.sm2WithSm3) throw new Malformed('The signature is not made with SM2')
  const list = references.children.map((reference) => {
    const digest = fromBase64(textOf(only(reference, 'checkvalue')) ?? '')
    const path = reference.attributes.fileref?.trim()
    if (reference.name !== 'reference' || !path || digest?.length !== 32) throw new Malformed('A reference names no file or no digest')
    return { path, digest }
  })
  const value = textOf(only(tree, 'signedvalue'))
  if (list.length === 0 || value === null) throw new Malformed('The signature names no file, or no signature value')
  return { references: list, value, times: timesOf(textOf(child(info, 'signaturedatetime'))) }
}

function only(parent: XmlElement, name: string): XmlElement {
  const [first, ...others] = parent.children.filter((one) => one.name === name)
  if (!first || others.length > 0) throw new Malformed(`A signature has not exactly one ${name}`)
  return first
}

function timesOf(text: string | null): Instant[] {
  const plain = (text ?? '').replace(/[-:T\s]/g, '')
  const time = parseTime(/^\d{14}(?:\.\d+)?$/.test(plain) ? `${plain}Z` : plain)
  return time === null ? [] : [time, time - eightHours]
}
