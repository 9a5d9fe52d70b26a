import { setTimeout as sleep } from 'node:timers/promises'
import { join } from 'node:path'
import { createAuthority } from './authority.ts'
import { startDevice, type Told } from './device.ts'
import { createGateway } from './gateway.ts'
import { makeInvoices } from './invoices.ts'

export interface Rehearsal {
  /** For throw-away data; exists, and is empty. */
  readonly folder: string
  readonly invoices: number
  /** Loses a question on purpose: the rehearsal must notice. */
  readonly loseOne: boolean
  /** PATH of the processes. */
  readonly path: string | undefined
  readonly say: (line: string) => void
}

/** `lost`: questions without the right answer on the device · `doubled`: questions put to the authority, or answers kept, more than once. */
export interface Outcome {
  readonly asked: number
  readonly answered: number
  readonly lost: number
  readonly doubled: number
  readonly seconds: number
}

/** The outage from beginning to end. @throws when gateway or device cannot be started or end by themselves. */
export async function rehearse({ folder, invoices: count, loseOne, path, say }: Rehearsal): Promise<Outcome> {
  const begun = performance.now()
  const invoices = makeInvoices(count, Date.now())
  const authority = createAuthority(join(folder, 'authority'), invoices)
  const gateway = createGateway({ data: join(folder, 'data'), authority: authority.file, path })
  authority.be('up')
  const device = startDevice(await gateway.start())
  const [before, during, dead, after] = quarters(invoices.map(({ qr }) => qr))
  try {
    say(`1  everything works: ${before.length} invoices are captured`)
    device.capture(before)
    await device.until(({ answered }) => answered === before.length)

    say(`   ${device.state().answered} answered`)
    say(`2  the authority goes down: ${during.length} more; the gateway is killed while it is being asked`)
    authority.be('down')
    const calls = authority.calls().length
    device.capture(during)
    await untilAsked(() => authority.calls().length > calls)
    await gateway.kill()

    say(`3  no gateway: ${dead.length} more are captured, kept on the device`)
    device.capture(dead)
    await device.until(({ kept }) => kept === count - after.length)
    if (loseOne) device.loseOne()

    say(`4  the gateway is back on the same data, the authority is not: ${after.length} more`)
    await gateway.start()
    device.capture(after)
    await device.until(({ kept, open, parked }) => kept === count && parked === open)

    say(`   ${device.state().parked} questions wait at the gateway`)
    say('5  the authority is back: nobody touches anything')
    authority.be('up')
    await device.until(({ open }) => open === 0)
    const told = await device.report()

    const asked = authority.calls().filter(({ mode }) => mode === 'up')
    const outcome = judge({ count, told, asked: asked.map(({ number }) => number), seconds: (performance.now() - begun) / 1000 })
    say(`   ${outcome.answered} of ${outcome.asked} answered, ${outcome.lost} lost, ${outcome.doubled} doubled`)
    return outcome
  } finally {
    device.kill()
    await gateway.kill()
  }
}

/** What the ledger of the authority (numbers, in order, while it was up) and the device say together. */
export function judge({
  count,
  told,
  asked,
  seconds,
}: {
  count: number
  told: readonly Told[]
  asked: readonly string[]
  seconds: number
}): Outcome {
  const answered = new Set(told.filter(({ verdict }) => verdict === 'confirmed').map(({ number }) => number)).size
  const again = asked.length - new Set(asked).size
  const twice = told.reduce((sum, { answers }) => sum + Math.max(0, answers - 1), 0)
  return { asked: count, answered, lost: count - answered, doubled: again + twice, seconds: Math.round(seconds * 10) / 10 }
}

function quarters<T>(list: readonly T[]): [T[], T[], T[], T[]] {
  const at = (part: number) => Math.floor((list.length * part) / 4)
  const cut = (part: number) => list.slice(at(part), at(part + 1))
  return [cut(0), cut(1), cut(2), cut(3)]
}

/** As close behind the first call as looking allows; half a minute at most. */
async function untilAsked(isAsked: () => boolean): Promise<void> {
  for (let looks = 0; looks < 6000 && !isAsked(); looks++) await sleep(5)
}
