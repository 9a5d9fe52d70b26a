/** Applies RC4 with a key of 1 to 256 bytes; the same again undoes it. */
export function rc4(key: Uint8Array, data: Uint8Array): Uint8Array {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index)
  for (let i = 0, j = 0; i < 256; i++) {
    const one = state[i]!
    j = (j + one + key[i % key.length]!) & 255
    state[i] = state[j]!
    state[j] = one
  }
  const out = new Uint8Array(data.length)
  for (let at = 0, i = 0, j = 0; at < data.length; at++) {
    i = (i + 1) & 255
    const one = state[i]!
    j = (j + one) & 255
    const other = state[j]!
    state[i] = other
    state[j] = one
    out[at] = data[at]! ^ state[(one + other) & 255]!
  }
  return out
}
