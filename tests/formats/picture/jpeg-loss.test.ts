import jpeg from 'jpeg-js'
import { expect, test } from 'vitest'
import { jpegLoss } from '../../fixtures/degraded/index.ts'
import { qrFrame } from '../../fixtures/y4m.ts'

test.each([20, 45, 80])('the fixtures lose what a real JPEG of quality %i loses', (quality) => {
  const [width, height] = [160, 120]
  const grey = qrFrame('compressed', { width, height })
  const picture = { data: Float32Array.from(grey), width, height }
  jpegLoss(picture, quality)
  const rgba = new Uint8Array(width * height * 4)
  grey.forEach((value, i) => rgba.set([value, value, value, 255], i * 4))
  const real = jpeg.decode(jpeg.encode({ data: rgba, width, height }, quality).data, { useTArray: true }).data
  const differences = picture.data.map((value, i) => Math.abs(value - real[i * 4]!))
  const mean = differences.reduce((sum, one) => sum + one, 0) / differences.length
  expect(mean).toBeLessThan(1.5)
})
