import { isTooLarge } from './header.ts'
import type { Pixels } from './luminance.ts'
import type { CameraFrame } from '../worker/messages.ts'

/** Pixels of a decoded picture; `factor` below 1 when it was made smaller to save memory. */
export interface DecodedPicture {
  readonly pixels: Pixels
  readonly factor: number
}

/** Larger pictures are drawn smaller: a QR that needs more than 16 megapixels to be read is not on an invoice. */
const workingPixels = 16_000_000

/**
 * Decodes a picture file with the browser (upright: its EXIF orientation is applied).
 * @returns `no-canvas` where the worker has no 2D canvas (Safari before 16.4).
 * @throws when the browser cannot decode it.
 */
export async function decodePicture(bytes: ArrayBuffer, type: string): Promise<DecodedPicture | 'no-canvas' | 'too-large'> {
  if (typeof OffscreenCanvas === 'undefined' || typeof createImageBitmap === 'undefined') return 'no-canvas'
  const bitmap = await createImageBitmap(new Blob([bytes], { type }))
  try {
    if (isTooLarge(bitmap)) return 'too-large'
    const factor = Math.min(1, Math.sqrt(workingPixels / (bitmap.width * bitmap.height)))
    const pixels = draw(bitmap, Math.round(bitmap.width * factor), Math.round(bitmap.height * factor))
    return pixels ? { pixels, factor } : 'no-canvas'
  } finally {
    bitmap.close()
  }
}

/**
 * The pixels of a camera frame.
 * @throws where there is no 2D canvas, or the frame is closed or no picture.
 */
export function pixelsOfFrame(frame: CameraFrame): Pixels {
  if (frame instanceof ImageBitmap) return drawn(frame, frame.width, frame.height)
  if (typeof VideoFrame !== 'undefined' && frame instanceof VideoFrame) return drawn(frame, frame.displayWidth, frame.displayHeight)
  throw new TypeError('not a camera frame')
}

function drawn(image: CanvasImageSource, width: number, height: number): Pixels {
  const pixels = draw(image, width, height)
  if (!pixels) throw new Error('This worker has no 2D canvas')
  return pixels
}

/** Kept between frames: making a canvas for each costs more than drawing on it. */
let canvas: OffscreenCanvas | null = null

function draw(image: CanvasImageSource, width: number, height: number): Pixels | null {
  if (canvas?.width !== width || canvas.height !== height) canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false })
  if (!context) return null
  // Paper is white where a picture is transparent.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.drawImage(image, 0, 0, width, height)
  return { data: context.getImageData(0, 0, width, height).data, width, height, layout: 'rgba' }
}
