import { expect, test } from 'vitest'
import { patternOf } from '../../../src/formats/picture/model/pattern.ts'
import { encode } from 'uqr'

test('the fixed modules of every version are where an encoder puts them', () => {
  for (let version = 1; version <= 40; version++) {
    const { data, size } = encode('x', { minVersion: version, border: 0 })
    const pattern = patternOf(size)
    const wrong = [...pattern.modules].filter((fixed, i) => fixed !== 0 && fixed > 0 !== data[Math.floor(i / size)]![i % size])
    expect([version, size, wrong.length]).toEqual([version, 17 + 4 * version, 0])
  }
})
