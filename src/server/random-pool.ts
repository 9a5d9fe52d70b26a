import { randomFillSync } from 'node:crypto'

/** Bytes asked of the machine at a time: sixteen of them cost what four thousand cost. */
const poolBytes = 4096

let pool = new Uint8Array(0)

/** The machine's unpredictable bytes. Each is handed out once and then kept nowhere else. */
export function randomBytes(count: number): Uint8Array {
  if (count > poolBytes) return randomFillSync(new Uint8Array(count))
  if (count > pool.length) pool = randomFillSync(new Uint8Array(poolBytes))
  const bytes = pool.slice(0, count)
  pool.fill(0, 0, count)
  pool = pool.subarray(count)
  return bytes
}
