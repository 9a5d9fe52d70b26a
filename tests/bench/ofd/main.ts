/**
 * `piaozai bench ofd`: reading the fields of an OFD by every route it has but its pictures (nobody looks for QRs in them here), beside
 * inflating its attachment alone, beside inflating every XML part and nothing more, and beside a plain unzip with an XML parser over every
 * part. A table on stderr, one JSON line a figure on stdout.
 */
import { XMLParser } from 'fast-xml-parser'
import { inflateSync, unzipSync } from 'fflate'
import { readFile } from '../../../src/formats/file/read-file.ts'
import { bandOf, median } from '../statistics.ts'
import { documents, type Document } from './documents.ts'

const rounds = 21
const warmUp = 15
/** Each way is repeated until it has taken about so much processor time, which is what is compared: others may keep the machine busy. Milliseconds. */
const span = 5
const goal = 3

const now = () => performance.now()
const parser = new XMLParser({ ignoreAttributes: false, processEntities: false })
const utf8 = new TextDecoder()
const isXml = ({ name }: { readonly name: string }) => name.endsWith('.xml')

/** What is timed, ours first. Each is given a document whose attachment is known. */
const ways = {
  fields: async ({ bytes }: Document) => void (await readFile(bytes, { now })),
  'inflating the attachment alone': ({ bytes, attachment }: Document) => {
    if (!attachment) return
    const packed = bytes.subarray(attachment.start, attachment.start + attachment.packed)
    if (attachment.method === 8) inflateSync(packed, { out: new Uint8Array(attachment.size) })
  },
  'inflating every XML part': ({ bytes }: Document) => void unzipSync(bytes, { filter: isXml }),
  'fflate and fast-xml-parser over every part': ({ bytes }: Document) => {
    for (const [name, content] of Object.entries(unzipSync(bytes))) if (isXml({ name })) parser.parse(utf8.decode(content))
  },
} as const
type Way = keyof typeof ways

async function timeOf(way: Way, document: Document, repeats: number): Promise<number> {
  const start = process.cpuUsage()
  for (let repeat = 0; repeat < repeats; repeat++) await ways[way](document)
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000 / repeats
}

const names = Object.keys(ways) as Way[]
const measured = documents().filter(({ attachment }) => attachment !== null)
const repeats = measured.map(() => Object.fromEntries(names.map((way) => [way, 1])) as Record<Way, number>)
const times = measured.map(() => Object.fromEntries(names.map((way) => [way, [] as number[]])) as Record<Way, number[]>)
for (let round = -warmUp; round < rounds; round++) {
  for (const [index, document] of measured.entries()) {
    // Interleaved, and each goes first in its turn: a busy machine slows all of them.
    for (let turn = 0; turn < names.length; turn++) {
      const way = names[(turn + round + warmUp) % names.length]!
      const time = await timeOf(way, document, repeats[index]![way])
      if (round >= 0) times[index]![way].push(time)
      else repeats[index]![way] = Math.min(repeats[index]![way] * 2, Math.ceil(span / Math.max(time, 0.001)))
    }
  }
}

for (const [index, { name }] of measured.entries()) {
  const [own, ...others] = names.map((way) => median(times[index]![way])) as [number, ...number[]]
  const beside = names.slice(1).map((way, at) => `${(own / others[at]!).toFixed(2)} × ${way}`)
  console.error(`${name.padEnd(18)} ${own.toFixed(3)} ms: ${beside.join(', ')}`)
}
const all = (way: Way) => times.flatMap((one) => one[way])
for (const way of names.slice(1)) {
  const ratios = all('fields').map((time, at) => time / all(way)[at]!)
  const figure = {
    bench: 'ofd',
    metric: 'fields',
    value: round3(median(all('fields'))),
    unit: 'ms',
    baseline: { name: way, value: round3(median(all(way))) },
    ratio: round3(median(ratios)),
    band: bandOf(ratios).map(round3),
    rounds,
  }
  console.log(JSON.stringify(figure))
  if (way === 'inflating the attachment alone' && figure.ratio > goal) {
    console.error(`fields cost ${figure.ratio} × ${way}; the goal is ${goal}`)
    process.exitCode = 1
  }
}

function round3(value: number): number {
  return Math.round(value * 1000) / 1000
}
