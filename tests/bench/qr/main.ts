/** `node tests/bench/qr/main.ts`: decoding rates and times on the 200 unseen pictures, beside the baselines. A table on stderr, one JSON line a figure on stdout. */
import { unseenSeeds } from '../../fixtures/degraded/index.ts'
import { jsQr, ours, plainZxing } from './decoders.ts'
import { measure, quantile, type Score, tableOf } from './measure.ts'
import { qrScannerScore } from './qr-scanner.ts'

const scores = await measure([await ours(), await plainZxing(), jsQr], unseenSeeds)
try {
  scores.push(await qrScannerScore(unseenSeeds))
} catch (error) {
  console.error(`qr-scanner could not be measured: ${String(error)}`)
  process.exitCode = 1
}
console.error(tableOf(scores, unseenSeeds.length))

const [mine, ...baselines] = scores as [Score, ...Score[]]
for (const other of baselines) {
  const count = unseenSeeds.length
  line('rate', '1', mine.read / count, { name: other.name, value: other.read / count }, mine.read / other.read, null)
  const [own, theirs] = [quantile(mine.times, 0.5), quantile(other.times, 0.5)]
  line('median', 'ms', own, { name: other.name, value: theirs }, own / theirs, [quantile(mine.times, 0.05), quantile(mine.times, 0.95)])
}
if (mine.read / unseenSeeds.length < 0.9) process.exitCode = 1

function line(
  metric: string,
  unit: string,
  value: number,
  baseline: { name: string; value: number },
  ratio: number,
  band: number[] | null,
): void {
  console.log(JSON.stringify({ bench: 'qr-decode', metric, value, unit, baseline, ratio, band, rounds: unseenSeeds.length }))
}
