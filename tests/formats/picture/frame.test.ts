import { beforeAll, describe, expect, test } from 'vitest'
import { createFrameReader } from '../../../src/formats/picture/frame.ts'
import type { QrReader } from '../../../src/formats/picture/reader.ts'
import { openEngine } from '../../fixtures/qr-engine.ts'
import { blankFrame, qrFrame } from '../../fixtures/y4m.ts'

const width = 1280
const height = 720
const text = '01,31,,26442000004359167806,1705400.00,20260421,,8EEF'
let engine: QrReader

beforeAll(async () => {
  engine = await openEngine()
})

describe('A camera', () => {
  test('reads the first frame that shows a QR', () => {
    const frames = createFrameReader(engine)
    expect(frames.read({ data: blankFrame(width, height), width, height })).toEqual([])
    expect(frames.read({ data: qrFrame(text, { width, height }), width, height }).map((code) => code.text)).toEqual([text])
  })

  test('reads a QR of two pixels a module within a few frames', () => {
    const frames = createFrameReader(engine)
    const data = qrFrame(text, { width, height, qrSize: 66 })
    const read = Array.from({ length: 8 }, () => frames.read({ data, width, height })).find((codes) => codes.length > 0)
    expect(read?.map((code) => code.text)).toEqual([text])
  })

  test('looks at a frame in two passes at most, so that the next one is not kept waiting', () => {
    let passes = 0
    const counted: QrReader = { ...engine, read: (...args) => (passes++, engine.read(...args)) }
    const frames = createFrameReader(counted)
    for (let i = 0; i < 12; i++) frames.read({ data: blankFrame(width, height), width, height })
    expect(passes).toBeLessThanOrEqual(24)
  })

  test('needs no more than 60 ms for a readable frame, in the median', () => {
    const frames = createFrameReader(engine)
    const data = qrFrame(text, { width, height })
    const times = Array.from({ length: 21 }, () => {
      const start = process.cpuUsage().user
      frames.read({ data, width, height })
      return (process.cpuUsage().user - start) / 1000
    }).sort((a, b) => a - b)
    expect(times[10]).toBeLessThan(60)
  })
})
