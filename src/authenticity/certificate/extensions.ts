import { Malformed, readDer, tags, valuesIn, type Der } from '../der/read.ts'
import { boolean, expect, identifier, octets, oid, sequence, smallInteger, text } from '../der/values.ts'

/** What a certificate may be used for, and whom it names. */
export interface Extensions {
  readonly isAuthority: boolean
  /** How many authorities may follow below; null when nothing limits it. */
  readonly pathLength: number | null
  /** Null when the certificate does not say, which allows everything (RFC 5280 4.2.1.3). */
  readonly uses: { readonly signing: boolean; readonly certificates: boolean } | null
  /** Hex, lower case. */
  readonly keyId: string | null
  /** The {@link keyId} of its issuer. Hex, lower case. */
  readonly issuerKeyId: string | null
  /** The tax authority's code (1.2.86.11.7.3), `13300000000`. */
  readonly taxOffice: string | null
  /** False when it has a critical extension that is not understood here: such a certificate must not be relied on (RFC 5280 4.2). */
  readonly isUnderstood: boolean
}

const ids = {
  keyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  constraints: '2.5.29.19',
  issuerKeyId: '2.5.29.35',
  taxOffice: '1.2.86.11.7.3',
} as const

/** Reads the extensions of a certificate. Throws {@link Malformed}. */
export function readExtensions(der: Der | null): Extensions {
  const found = new Map<string, Uint8Array>()
  let isUnderstood = true
  for (const extension of der ? sequence(der) : []) {
    const parts = sequence(extension)
    const id = oid(parts[0])
    const critical = parts.length === 3 && boolean(parts[1])
    if (parts.length < 2 || parts.length > 3 || found.has(id)) throw new Malformed('A certificate has a broken extension')
    found.set(id, octets(parts.at(-1)))
    if (critical && id !== ids.keyUsage && id !== ids.constraints) isUnderstood = false
  }
  function read<T>(id: string, parse: (value: Der) => T): T | null {
    const bytes = found.get(id)
    return bytes ? parse(readDer(bytes)) : null
  }
  return {
    ...(read(ids.constraints, readConstraints) ?? { isAuthority: false, pathLength: null }),
    uses: read(ids.keyUsage, readUses),
    keyId: read(ids.keyId, (value) => identifier(octets(value))),
    issuerKeyId: read(ids.issuerKeyId, (value) => {
      const id = sequence(value).find(({ tag }) => tag === 0x80)
      return id ? identifier(id.content) : null
    }),
    taxOffice: read(ids.taxOffice, text),
    isUnderstood,
  }
}

function readConstraints(value: Der) {
  const parts = valuesIn(expect(value, tags.sequence))
  const [first] = parts
  const isAuthority = first?.tag === tags.boolean && boolean(first)
  const length = parts.find(({ tag }) => tag === tags.integer)
  return { isAuthority, pathLength: length ? smallInteger(length) : null }
}

/** Bits from the left: 0 and 1 sign (1 also called nonRepudiation), 5 signs certificates. */
function readUses(value: Der) {
  const [unused = 8, first = 0] = expect(value, tags.bits).content
  if (unused > 7) throw new Malformed('A bit string is cut short')
  return { signing: (first & 0xc0) !== 0, certificates: (first & 0x04) !== 0 }
}
