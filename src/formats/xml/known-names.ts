/** A name as it stands in a document, and as it is known: without prefix, in lower case. */
export interface Name {
  readonly written: string
  readonly local: string
}

/** Names that are kept; a power of two. A document has some dozens, and one with more only loses time. */
const kept = 256

/** Tells the names of a document by where they begin and end. The same few stand in it over and over, and are made once. */
export function knownNames(whole: string): (from: number, to: number) => Name {
  const names: (Name | undefined)[] = []
  for (let index = 0; index < kept; index++) names.push(undefined)
  return (from, to) => {
    const length = to - from
    // Names of one length mostly differ at their ends, or in their middle.
    const middle = whole.charCodeAt(from + (length >> 1))
    const place = (whole.charCodeAt(to - 1) + 7 * length + 31 * middle + 3 * whole.charCodeAt(to - (length >> 2) - 1)) & (kept - 1)
    const known = names[place]
    if (known && known.written.length === length && whole.startsWith(known.written, from)) return known
    const written = whole.slice(from, to)
    const name = { written, local: written.slice(written.lastIndexOf(':') + 1).toLowerCase() }
    names[place] = name
    return name
  }
}
