import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { home, nodeArgs } from '../bench/checkout.ts'

/** What the device has at the moment. */
export interface DeviceState {
  /** Invoices in the wallet. */
  readonly kept: number
  /** Questions without an answer, and how many of them the gateway has taken. */
  readonly open: number
  readonly parked: number
  readonly answered: number
}

/** What became of one invoice on the device. */
export interface Told {
  readonly number: string | null
  readonly verdict: string | null
  readonly answers: number
}

type Message = ({ readonly is: 'state' } & DeviceState) | { readonly is: 'report'; readonly invoices: readonly Told[] }

/** The device half in a process of its own: the real wallet, outbox and channels (tests/bench/drill), told what to do line by line. */
export function startDevice(origin: string) {
  const script = join(home, 'tests/bench/drill/device.ts')
  const child = spawn(process.execPath, [...nodeArgs, script, origin], { cwd: home, stdio: ['pipe', 'pipe', 'pipe'] })
  const waiting = new Set<() => void>()
  let said = ''
  let ended = false
  let state: DeviceState = { kept: 0, open: 0, parked: 0, answered: 0 }
  let report: readonly Told[] | null = null
  let changes = 0

  child.stderr.on('data', (bytes: Buffer) => (said = (said + bytes.toString()).slice(-2000)))
  child.stdin.on('error', () => undefined) // it has ended, which is told below
  child.on('close', () => {
    ended = true
    for (const wake of waiting) wake()
  })
  createInterface({ input: child.stdout }).on('line', (line) => {
    const message = JSON.parse(line) as Message
    if (message.is === 'state') state = message
    else report = message.invoices
    changes++
    for (const wake of waiting) wake()
  })

  /** Resolves when `holds` does (true), or when nothing has changed for `patience` milliseconds (false). @throws when the device has ended. */
  async function until(holds: () => boolean, patience = 60_000): Promise<boolean> {
    while (!holds()) {
      if (ended) throw new Error(`the device half ended: ${said}`)
      const before = changes
      await new Promise<void>((resolve) => {
        const wake = () => {
          clearTimeout(timer)
          waiting.delete(wake)
          resolve()
        }
        const timer = setTimeout(wake, patience)
        waiting.add(wake)
      })
      if (changes === before && !ended) return holds()
    }
    return true
  }
  const tell = (order: object) => void child.stdin.write(`${JSON.stringify(order)}\n`)

  return {
    until: (holds: (state: DeviceState) => boolean) => until(() => holds(state)),
    state: () => state,
    capture: (texts: readonly string[]) => tell({ do: 'capture', texts }),
    /** Throws one open question away, as no device may. */
    loseOne: () => tell({ do: 'lose' }),
    async report(): Promise<readonly Told[]> {
      tell({ do: 'report' })
      await until(() => report !== null)
      return report ?? []
    },
    kill: () => void child.kill('SIGKILL'),
  }
}
