import { expect, oid, sequence, text } from '../der/values.ts'
import { Malformed, tags, valuesIn, type Der } from '../der/read.ts'

/** A distinguished name. */
export interface Name {
  /** As RFC 4514 writes it, the most specific part first. Equal names have equal text, whatever string types they are stored in. */
  readonly full: string
  readonly commonName: string | null
  readonly organisation: string | null
}

const known: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
}

/** Reads a Name (RFC 5280 4.1.2.4). Throws {@link Malformed}. */
export function readName(der: Der | undefined): Name {
  const parts = sequence(der).map((set) => {
    const pairs = valuesIn(expect(set, tags.set)).map((pair) => {
      const [type, value, ...more] = sequence(pair)
      if (more.length > 0) throw new Malformed('A name has a part of unknown form')
      const id = oid(type)
      return { type: known[id] ?? id, value: text(value) }
    })
    if (pairs.length === 0) throw new Malformed('A name has an empty part')
    return pairs
  })
  const last = (type: string) => parts.flat().findLast((part) => part.type === type)?.value ?? null
  return {
    full: parts
      .toReversed()
      .map((pairs) => pairs.map(({ type, value }) => `${type}=${escaped(value)}`).join('+'))
      .join(','),
    commonName: last('CN'),
    organisation: last('O') ?? last('OU'),
  }
}

/** So that no value can look like two parts. */
function escaped(value: string): string {
  return value.replace(/[\\,+"<>;=]|^[ #]| $/g, '\\$&').replaceAll('\0', '\\00')
}
