import { readKey, verify, type Sm2Signature } from '../../../src/authenticity/crypto/sm2.ts'
import { sameBytes, toHex } from '../../../src/authenticity/crypto/bytes.ts'
import { sm3 } from '../../../src/authenticity/crypto/sm3.ts'
import { checkSignature } from '../../../src/authenticity/ofd/check.ts'
import { findSignatures } from '../../../src/authenticity/ofd/find.ts'
import type { Trust } from '../../../src/authenticity/index.ts'
import { openOfd } from '../../../src/formats/index.ts'

/** Everything that has to be computed to verify one seal, taken out of its file: no container, no XML, no DER any more. */
export interface Work {
  readonly digests: readonly { readonly bytes: Uint8Array; readonly digest: Uint8Array }[]
  readonly signings: readonly { readonly key: Uint8Array; readonly message: Uint8Array; readonly signature: Sm2Signature }[]
}

/** The digests of every entry and of Signature.xml, and the signatures of the signer, the maker, and of the authority under both certificates. */
export async function workOf(bytes: Uint8Array, { list }: Trust): Promise<Work> {
  const file = await openOfd(bytes)
  const [entry] = file ? findSignatures(file).signatures : []
  const anchor = list.anchors[0]?.publicKey
  if (!file || !entry || !anchor) throw new Error('There is no seal')
  const checked = checkSignature(file, entry, (one) => sm3(file.bytes(one)))
  if (checked.state !== 'intact') throw new Error('The seal is not intact')
  const { signer, seal, signings } = checked.signed
  const certificates = [signer, ...(seal ? [seal.maker] : [])]
  const key = Uint8Array.from(anchor.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16))
  return {
    digests: [...checked.covered, entry].map((one) => ({ bytes: file.bytes(one).slice(), digest: sm3(file.bytes(one)) })),
    signings: [
      ...signings.map((one) => ({ key: one.key.bytes, message: one.message, signature: one.signature })),
      ...certificates.map(({ signed, signature }) => ({ key, message: signed, signature })),
    ],
  }
}

/** The same with one bit of every input changed: nothing of it may hold. */
export function damaged({ digests, signings }: Work): Work {
  const flipped = (bytes: Uint8Array) => bytes.map((byte, index) => (index === bytes.length >> 1 ? byte ^ 1 : byte))
  return {
    digests: digests.map((one) => ({ ...one, bytes: flipped(one.bytes) })),
    signings: signings.map((one) => ({ ...one, message: flipped(one.message) })),
  }
}

/** How much of it holds, by our own SM2 and SM3. */
export function held({ digests, signings }: Work): number {
  const same = digests.filter(({ bytes, digest }) => sameBytes(sm3(bytes), digest))
  const good = signings.filter(({ key, message, signature }) => {
    const point = readKey(key)
    return point !== null && verify(point, message, signature)
  })
  return same.length + good.length
}

/** {@link Work} as sm-crypto takes it, so that it need not turn anything round while it is timed. */
export interface SmCryptoWork {
  readonly digests: readonly { readonly bytes: readonly number[]; readonly digest: string }[]
  readonly signings: readonly { readonly key: string; readonly message: readonly number[]; readonly signature: string }[]
}

export function forSmCrypto({ digests, signings }: Work): SmCryptoWork {
  const hex = (value: bigint) => value.toString(16).padStart(64, '0')
  return {
    digests: digests.map(({ bytes, digest }) => ({ bytes: [...bytes], digest: toHex(digest) })),
    signings: signings.map(({ key, message, signature: { r, s } }) => ({
      key: toHex(key),
      message: [...message],
      signature: hex(r) + hex(s),
    })),
  }
}
