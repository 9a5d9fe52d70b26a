import jpeg from 'jpeg-js'
import { describe, expect, test } from 'vitest'
import { isTooLarge, readPictureFile, readPictureHeader } from '../../../src/formats/picture/index.ts'

describe('The size of a picture is read from its first bytes', () => {
  test('JPEG, past its application segments', () => {
    const file = jpeg.encode({ width: 37, height: 21, data: new Uint8Array(37 * 21 * 4) }, 50).data
    expect(readPictureHeader(file)).toEqual({ type: 'jpeg', width: 37, height: 21 })
  })

  test('JPEG, not the thumbnail inside its EXIF segment', () => {
    const thumbnail = jpeg.encode({ width: 8, height: 8, data: new Uint8Array(256) }, 50).data
    const whole = jpeg.encode({ width: 640, height: 480, data: new Uint8Array(640 * 480 * 4) }, 50).data
    const segment = Buffer.concat([Buffer.from([0xff, 0xe1, (thumbnail.length + 2) >> 8, (thumbnail.length + 2) & 255]), thumbnail])
    expect(readPictureHeader(Buffer.concat([whole.subarray(0, 2), segment, whole.subarray(2)]))).toMatchObject({ width: 640, height: 480 })
  })

  test('PNG', () => expect(readPictureHeader(png(1234, 567))).toEqual({ type: 'png', width: 1234, height: 567 }))

  test('GIF', () =>
    expect(readPictureHeader(bytes('GIF89a', [0x40, 0x01, 0xf0, 0x00, 0, 0]))).toEqual({ type: 'gif', width: 320, height: 240 }))

  test('BMP, upside down or not', () => {
    const file = new DataView(new ArrayBuffer(54))
    file.setUint16(0, 0x424d)
    file.setUint32(14, 40, true)
    file.setInt32(18, 100, true)
    file.setInt32(22, -50, true)
    expect(readPictureHeader(new Uint8Array(file.buffer))).toEqual({ type: 'bmp', width: 100, height: 50 })
  })

  test('WebP in its three forms', () => {
    const lossy = bytes('RIFF', [0, 0, 0, 0], 'WEBP', 'VP8 ', [0, 0, 0, 0, 0, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0xe0, 0x01])
    expect(readPictureHeader(lossy)).toEqual({ type: 'webp', width: 640, height: 480 })
    const lossless = bytes('RIFF', [0, 0, 0, 0], 'WEBP', 'VP8L', [0, 0, 0, 0, 0x2f, 0x7f, 0xc2, 0x77, 0x00, 0, 0, 0, 0, 0])
    expect(readPictureHeader(lossless)).toEqual({ type: 'webp', width: 640, height: 480 })
    const extended = bytes('RIFF', [0, 0, 0, 0], 'WEBP', 'VP8X', [10, 0, 0, 0, 0, 0, 0, 0, 0x7f, 0x02, 0, 0xdf, 0x01, 0])
    expect(readPictureHeader(extended)).toEqual({ type: 'webp', width: 640, height: 480 })
  })

  test('HEIC and AVIF: the largest picture they hold', () => {
    const ispe = (width: number) => ['ispe', [0, 0, 0, 0, 0, 0, width >> 8, width & 255, 0, 0, 0, 100]] as const
    expect(readPictureHeader(bytes([0, 0, 0, 24], 'ftypheic', [0, 0, 0, 0], ...ispe(160), ...ispe(4000)))).toEqual({
      type: 'heif',
      width: 4000,
      height: 100,
    })
  })

  test.each([
    ['an empty file', new Uint8Array()],
    ['a text', bytes('<svg width="10" height="10"/> and some more of it, long enough')],
    ['a PNG that ends in its header', png(100, 100).subarray(0, 20)],
    ['a JPEG that ends before its frame', Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x4a, 0x46])],
    ['a PNG of no size', png(0, 100)],
  ])('%s is no picture', (_, file) => expect(readPictureHeader(file)).toBeNull())
})

describe('More than 40 megapixels', () => {
  test('are too large; 40 are not', () => {
    expect(isTooLarge({ width: 8000, height: 5000 })).toBe(false)
    expect(isTooLarge({ width: 8000, height: 5001 })).toBe(true)
  })

  test('are refused within 100 ms by the header, before the engine is even loaded', async () => {
    const start = performance.now()
    const seen = await readPictureFile(png(60_000, 60_000), { bytes: new ArrayBuffer(0) })
    expect(seen).toEqual({ ok: false, fault: 'too-large' })
    expect(performance.now() - start).toBeLessThan(100)
  })
})

function bytes(...parts: readonly (string | readonly number[])[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...part].map((c) => c.charCodeAt(0)) : [...part])))
}

function png(width: number, height: number): Uint8Array {
  const file = new DataView(new ArrayBuffer(33))
  file.setUint32(0, 0x89504e47)
  file.setUint32(4, 0x0d0a1a0a)
  file.setUint32(8, 13)
  file.setUint32(12, 0x49484452)
  file.setUint32(16, width)
  file.setUint32(20, height)
  return new Uint8Array(file.buffer)
}
