import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { pictures } from '../../../src/app/build/icons.node.ts'
import { manifest } from '../../../src/app/build/manifest.node.ts'

const icons = [...(manifest.icons ?? []), ...(manifest.shortcuts ?? []).flatMap(({ icons = [] }) => icons)]

describe('the icons of the manifest', () => {
  it.each(icons)('$src is a picture of the size it claims', ({ src, sizes }) => {
    const bytes = Buffer.from(pictures[src.slice(1)]?.() ?? [])
    expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG')
    expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`).toBe(sizes)
    const size = bytes.readUInt32BE(16)
    const data = bytes.subarray(41, 41 + bytes.readUInt32BE(33))
    expect(inflateSync(data).length).toBe(size * (1 + 3 * size))
  })

  it('exist in the sizes that make an app installable, one of them maskable', () => {
    expect(manifest.icons?.map(({ sizes, purpose }) => `${sizes} ${purpose}`)).toEqual(
      expect.arrayContaining(['192x192 any', '512x512 any', '512x512 maskable']),
    )
  })
})
