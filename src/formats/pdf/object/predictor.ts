/** Undoes a predictor (ISO 32000-1 7.4.4.4; PNG filters as in ISO/IEC 15948). What does not fit whole rows is left out. */
export function unpredict(data: Uint8Array, predictor: number, columns: number, colors: number, bits: number): Uint8Array {
  if (predictor < 2 || !(columns > 0 && columns < 1e6 && colors > 0 && colors <= 32 && bits > 0 && bits <= 16)) return data
  const pixel = Math.max(1, (colors * bits) >> 3)
  const row = (columns * colors * bits + 7) >> 3
  return predictor === 2 ? unTiff(data, row, colors, bits) : unPng(data, row, pixel)
}

function unTiff(data: Uint8Array, row: number, colors: number, bits: number): Uint8Array {
  if (bits !== 8) return data
  const out = data.slice()
  for (let start = 0; start + row <= out.length; start += row)
    for (let at = start + colors; at < start + row; at++) out[at] = ((out[at] ?? 0) + (out[at - colors] ?? 0)) & 255
  return out
}

function unPng(data: Uint8Array, row: number, pixel: number): Uint8Array {
  const rows = Math.ceil(data.length / (row + 1))
  const out = new Uint8Array(rows * row)
  for (let y = 0; y < rows; y++) {
    const type = data[y * (row + 1)] ?? 0
    const from = y * (row + 1) + 1
    const to = y * row
    const length = Math.min(row, data.length - from)
    for (let x = 0; x < length; x++) {
      const left = x >= pixel ? (out[to + x - pixel] ?? 0) : 0
      const up = y > 0 ? (out[to + x - row] ?? 0) : 0
      const corner = x >= pixel && y > 0 ? (out[to + x - row - pixel] ?? 0) : 0
      const guess = type === 1 ? left : type === 2 ? up : type === 3 ? (left + up) >> 1 : type === 4 ? paeth(left, up, corner) : 0
      out[to + x] = ((data[from + x] ?? 0) + guess) & 255
    }
  }
  return out
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const a = Math.abs(guess - left)
  const b = Math.abs(guess - up)
  const c = Math.abs(guess - corner)
  return a <= b && a <= c ? left : b <= c ? up : corner
}
