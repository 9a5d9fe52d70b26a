import { sm2, sm3 } from 'sm-crypto'
import type { Trust } from '../../../src/authenticity/index.ts'
import { judgeOfd } from '../../../src/authenticity/ofd/judge.ts'
import { openOfd } from '../../../src/formats/index.ts'
import type { Way } from './ways.ts'
import { damaged, forSmCrypto, held, workOf, type SmCryptoWork } from './work.ts'

/** What a page of the bench offers to whoever drives it. */
export interface Bench {
  /** Makes a file ready. @returns how many digests and signatures it has; throws unless every way finds all of them good, and none of damaged ones. */
  prepare(base64: string, trust: Trust): Promise<number>
  /** Milliseconds that each way takes for this file, one after the other in this order. */
  time(file: number, order: readonly Way[]): Promise<Record<Way, number>>
}

const runs: Record<Way, () => void | Promise<void>>[] = []

const bench: Bench = {
  async prepare(base64, trust) {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
    const work = await workOf(bytes, trust)
    const theirs = forSmCrypto(work)
    const count = work.digests.length + work.signings.length
    const judge = async () => {
      const file = await openOfd(bytes)
      if (!file || judgeOfd(file, trust).seal.verdict !== 'trusted') throw new Error('The judgement is not: trusted')
    }
    const all = (found: number, of: number) => {
      if (found !== of) throw new Error(`${found} of ${of} hold`)
    }
    const broken = damaged(work)
    if (held(broken) !== 0 || heldBySmCrypto(forSmCrypto(broken)) !== 0) throw new Error('Damaged inputs hold')
    const signed = work.signings.length
    const made = {
      judgement: judge,
      verifications: () => all(held(work), count),
      signatures: () => all(held({ ...work, digests: [] }), signed),
      'sm-crypto': () => all(heldBySmCrypto(theirs), count),
      'sm-crypto, signatures': () => all(heldBySmCrypto({ ...theirs, digests: [] }), signed),
    }
    for (const run of Object.values(made)) await run()
    runs.push(made)
    return count
  },
  async time(file, order) {
    const times = { judgement: 0, verifications: 0, signatures: 0, 'sm-crypto': 0, 'sm-crypto, signatures': 0 }
    for (const way of order) {
      const start = performance.now()
      await runs[file]?.[way]()
      times[way] = performance.now() - start
    }
    return times
  },
}

function heldBySmCrypto({ digests, signings }: SmCryptoWork): number {
  const same = digests.filter(({ bytes, digest }) => sm3(bytes) === digest)
  const good = signings.filter(({ key, message, signature }) => sm2.doVerifySignature(message, signature, key, { hash: true }))
  return same.length + good.length
}

Object.assign(globalThis, { bench })
