import jpeg from 'jpeg-js'
import { beforeAll, describe, expect, test } from 'vitest'
import { searchPicture, type SearchLimits } from '../../../src/formats/picture/cascade.ts'
import { readPictureFile } from '../../../src/formats/picture/index.ts'
import { luminanceOf, type Luminance } from '../../../src/formats/picture/luminance.ts'
import type { QrReader } from '../../../src/formats/picture/reader.ts'
import { shrink } from '../../../src/formats/picture/scale.ts'
import { jpegLoss, payloadOf, photograph, printPage, randomOf } from '../../fixtures/degraded/index.ts'
import { engineBytes, openEngine } from '../../fixtures/qr-engine.ts'
import { blankFrame, qrFrame } from '../../fixtures/y4m.ts'

const limits: SearchLimits = { budget: 60_000, now: () => performance.now(), pause: () => Promise.resolve() }
let engine: QrReader

beforeAll(async () => {
  engine = await openEngine()
})

async function textsIn(picture: Luminance, within: Partial<SearchLimits> = {}): Promise<string[]> {
  return (await searchPicture(engine, picture, { ...limits, ...within })).map(({ text }) => text).sort()
}

describe('A photo of 12 megapixels of an A4 page', { timeout: 120_000 }, () => {
  const random = randomOf(12)
  const text = payloadOf(random)
  const photo = a4Photo([text])

  test('is read, although its QR is a hundredth of it', async () => expect(await textsIn(photo)).toEqual([text]))

  test('is read when a chat app has made it smaller and pressed it hard', async () => {
    const small = shrink(photo, 3)
    const picture = { data: Float32Array.from(small.data), width: small.width, height: small.height }
    jpegLoss(picture, 30)
    expect(await textsIn({ ...picture, data: new Uint8ClampedArray(picture.data) })).toEqual([text])
  })

  test('shows every one of its QRs, each with its corners', async () => {
    const texts = [text, payloadOf(random), 'https://example.com/service/rating', payloadOf(random)]
    const codes = await searchPicture(engine, a4Photo(texts), limits)
    expect(codes.map((code) => code.text).sort()).toEqual([...texts].sort())
    const byX = [...codes].sort((a, b) => a.corners[0]!.x - b.corners[0]!.x)
    expect(byX.map((code) => code.text)).toEqual(texts)
    expect(byX.every(({ corners }) => corners.every(({ x, y }) => x > 0 && x < 3000 && y > 0 && y < 4000))).toBe(true)
  })

  function a4Photo(texts: readonly string[]): Luminance {
    const pose = {
      width: 3000,
      height: 4000,
      pxPerModule: 7,
      rotation: 0.06,
      tilt: 0.12,
      tiltTowards: 1,
      at: [0.14, 0.11] as const,
      crumple: 0.4,
    }
    const { data, width, height } = photograph(printPage('a4', texts, randomOf(4)), pose, randomOf(5))
    return { data: new Uint8ClampedArray(data), width, height }
  }
})

test('a light QR on a dark ground is read', async () => {
  const data = qrFrame('inverted', { width: 640, height: 480 }).map((value) => 255 - value)
  expect(await textsIn({ data, width: 640, height: 480 })).toEqual(['inverted'])
})

test('a picture without a QR has no texts', async () => {
  expect(await textsIn({ data: blankFrame(640, 480), width: 640, height: 480 })).toEqual([])
})

test('the search ends with its budget', async () => {
  let clock = 0
  const noisy = Uint8Array.from({ length: 640 * 480 }, (_, i) => (i * 7919) & 255)
  const texts = await textsIn({ data: noisy, width: 640, height: 480 }, { budget: 3, now: () => clock++ })
  expect(texts).toEqual([])
  expect(clock).toBeLessThan(8)
})

test('the search is stopped between two passes', async () => {
  const stop = new AbortController()
  const reading = textsIn(
    { data: blankFrame(640, 480), width: 640, height: 480 },
    { signal: stop.signal, pause: async () => stop.abort(new Error('enough')) },
  )
  await expect(reading).rejects.toThrow('enough')
})

test('pixels that are not as many as they claim never reach the engine', () => {
  expect(() => luminanceOf({ data: new Uint8Array(10), width: 640, height: 480, layout: 'rgba' })).toThrow(RangeError)
  expect(() => luminanceOf({ data: new Uint8Array(4), width: -2, height: -2, layout: 'luminance' })).toThrow(RangeError)
})

describe('A picture file in Node', () => {
  test('JPEG is read by the engine itself', async () => {
    const grey = qrFrame('01,31,,26442000004359167806,1705400.00,20260421,,8EEF', { width: 640, height: 480 })
    const data = new Uint8Array(640 * 480 * 4)
    grey.forEach((value, i) => data.set([value, value, value, 255], i * 4))
    const seen = await readPictureFile(jpeg.encode({ data, width: 640, height: 480 }, 60).data, { bytes: engineBytes() })
    expect(seen).toMatchObject({ ok: true, codes: [{ text: '01,31,,26442000004359167806,1705400.00,20260421,,8EEF' }] })
  })

  test('what is no picture is unreadable', async () => {
    expect(await readPictureFile(new TextEncoder().encode('not a picture at all, only text'), { bytes: engineBytes() })).toEqual({
      ok: false,
      fault: 'unreadable',
    })
  })
})
