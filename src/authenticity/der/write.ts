import { tags } from './read.ts'

/** A SEQUENCE of values that are encoded already. Version 1 seals are signed over one that is stored nowhere. */
export function sequenceOf(...values: readonly Uint8Array[]): Uint8Array {
  const length = values.reduce((sum, value) => sum + value.length, 0)
  const octets: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  const header = length < 0x80 ? [tags.sequence, length] : [tags.sequence, 0x80 | octets.length, ...octets]
  const whole = new Uint8Array(header.length + length)
  whole.set(header)
  let at = header.length
  for (const value of values) {
    whole.set(value, at)
    at += value.length
  }
  return whole
}
