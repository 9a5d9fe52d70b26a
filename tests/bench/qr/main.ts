/** `piaozai bench qr`: decoding rates and times on the 200 unseen pictures, beside the baselines. A table on stderr, one JSON line a figure on stdout. */
import { unseenSeeds } from '../../fixtures/degraded/index.ts'
import { jsQr, ours, plainZxing } from './decoders.ts'
import { linesOf } from './lines.ts'
import { measure, type Score, tableOf } from './measure.ts'
import { qrScannerScore } from './qr-scanner.ts'

const goal = 0.9

const scores = await measure([await ours(), await plainZxing(), jsQr], unseenSeeds)
try {
  scores.push(await qrScannerScore(unseenSeeds))
} catch (error) {
  console.error(`qr-scanner could not be measured: ${String(error)}`)
  process.exitCode = 1
}
console.error(tableOf(scores, unseenSeeds.length))

const [mine, ...baselines] = scores as [Score, ...Score[]]
for (const line of baselines.flatMap((baseline) => linesOf(mine, baseline))) console.log(JSON.stringify(line))
if (mine.read / unseenSeeds.length < goal || mine.wrong > 0) process.exitCode = 1
