/** The picture of a seal as its maker put it in: `ofd`, `png`, `jpg`, …, and its size in millimetres. */
export interface SealPicture {
  readonly type: string
  readonly bytes: Uint8Array
}

interface Value {
  readonly tag: number
  readonly content: Uint8Array
}

/**
 * Finds the picture in an SES signature or seal (GM/T 0031, GB/T 38540), wherever its version keeps it:
 * `SEQUENCE { type IA5String, data OCTET STRING, width INTEGER, height INTEGER }`.
 * It only looks; whether a seal is genuine is the verifier's business, and one that is not is drawn all the same.
 */
export function sealPictureOf(bytes: Uint8Array): SealPicture | null {
  return find(bytes, 0, { left: 2_000 })
}

function find(bytes: Uint8Array, depth: number, budget: { left: number }): SealPicture | null {
  const values = valuesIn(bytes, budget)
  for (const value of values)
    if (value.tag === sequence) {
      const inner = pictureOf(valuesIn(value.content, budget)) ?? (depth < 8 ? find(value.content, depth + 1, budget) : null)
      if (inner) return inner
    }
  return null
}

const sequence = 0x30

function pictureOf([type, data, width, height, ...more]: readonly Value[]): SealPicture | null {
  const isPicture = type?.tag === 0x16 && data?.tag === 0x04 && width?.tag === 0x02 && height?.tag === 0x02 && more.length === 0
  if (!isPicture || type.content.length > 8) return null
  return { type: String.fromCharCode(...type.content).toLowerCase(), bytes: data.content }
}

/** The values in a structure; none when it is damaged. */
function valuesIn(bytes: Uint8Array, budget: { left: number }): Value[] {
  const values: Value[] = []
  for (let at = 0; at < bytes.length;) {
    if (budget.left-- <= 0) return []
    const [tag = 0, first = 0] = bytes.subarray(at, at + 2)
    let start = at + 2
    let length = first
    if (first >= 0x80) {
      const octets = first & 0x7f
      if (octets === 0 || octets > 4) return []
      length = bytes.subarray(start, start + octets).reduce((sum, byte) => sum * 256 + byte, 0)
      start += octets
    }
    if (start + length > bytes.length) return []
    values.push({ tag, content: bytes.subarray(start, start + length) })
    at = start + length
  }
  return values
}
