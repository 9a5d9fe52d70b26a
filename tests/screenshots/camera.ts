import { printPage } from '../fixtures/degraded/page.ts'
import { randomOf } from '../fixtures/degraded/random.ts'
import { writeY4m } from '../fixtures/y4m.ts'

const width = 1080
const height = 1920

/** A video of an invoice on a dark desk, held upright as a phone is, for the browser's fake camera. */
export function filmInvoice(path: string, payload: string): void {
  const sheet = printPage('half', [payload], randomOf(7))
  const frame = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) frame[y * width + x] = 58 + ((x * 7 + y * 3) % 11)
  // Closer than the paper is wide: its right end is out of sight, the code is large enough for a busy machine.
  const scale = (width * 1.25) / sheet.width
  const left = Math.round(width * 0.09)
  const top = Math.round(height * 0.24)
  for (let y = 0; y < sheet.height * scale; y++) {
    for (let x = 0; x < Math.min(sheet.width * scale, width - left); x++)
      frame[(top + y) * width + left + x] = mean(sheet, x / scale, y / scale, 1 / scale)
  }
  writeY4m(path, [frame], { width, height, fps: 10 })
}

/** The mean of a square of the sheet, so that scaling down does not tear the modules. */
function mean(sheet: { data: Uint8Array; width: number; height: number }, x: number, y: number, size: number): number {
  let sum = 0
  let count = 0
  for (let row = Math.floor(y); row < Math.min(sheet.height, y + size); row++) {
    for (let column = Math.floor(x); column < Math.min(sheet.width, x + size); column++) {
      sum += sheet.data[row * sheet.width + column] ?? 0
      count += 1
    }
  }
  return count === 0 ? 0 : Math.round(sum / count)
}
