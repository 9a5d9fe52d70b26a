import { writeFileSync } from 'node:fs'
import { png } from '../../../src/app/build/png.node.ts'
import { blankFrame, qrFrame, writeY4m } from '../../fixtures/y4m.ts'

const size = { width: 1280, height: 720 }

/** A video of an empty desk on which an invoice is laid after a second. */
export function filmOf(path: string, qr: string): string {
  const frames = [blankFrame(size.width, size.height), ...Array.from({ length: 6 }, (_, i) => qrFrame(qr, { ...size, dx: i * 3 }))]
  writeY4m(path, frames, { ...size, fps: 4 })
  return path
}

/** A picture file of an invoice. */
export function photoOf(path: string, qr: string): string {
  const grey = qrFrame(qr, size)
  const rgb = new Uint8Array(grey.length * 3)
  grey.forEach((value, i) => rgb.fill(value, i * 3, i * 3 + 3))
  writeFileSync(path, png({ ...size, rgb }))
  return path
}
