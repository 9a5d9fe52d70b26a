import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { toWireQuery } from '../../../src/api/index.ts'
import { createAuthority } from '../../../src/cli/drill/authority.ts'
import { createGateway } from '../../../src/cli/drill/gateway.ts'
import { makeInvoices } from '../../../src/cli/drill/invoices.ts'
import type { Query } from '../../../src/wallet/index.ts'
import { createDevice } from './device.ts'
import { jainOf, rowOf, type Drained } from './world.ts'

/** Devices and questions of each; a gateway process, an authority that answers in `delayMs`, and real time. */
export interface LivePlan {
  readonly devices: number
  readonly each: number
  readonly capacity: number
}

const arrivalMs = 15_000
/** What the drill's authority grants: the usual width of a source, and how long it takes to answer. */
const patienceMs = 600_000

/** An outage and its end on this machine, over the loopback: a gateway in a process of its own, every device from a network of its own. */
export async function drainLive({ devices, each, capacity }: LivePlan): Promise<Drained> {
  const folder = mkdtempSync(join(tmpdir(), 'piaozai-live-'))
  const invoices = makeInvoices(devices * each, Date.now())
  const authority = createAuthority(join(folder, 'authority'), invoices)
  const gateway = createGateway({ data: join(folder, 'data'), authority: authority.file, path: process.env['PATH'] })
  const agent = new Agent({ keepAlive: true, maxSockets: 256 })
  try {
    authority.be('down')
    const origin = await gateway.start()
    let recoveredAt = Infinity
    let done = 0
    const messages = new Uint32Array(devices)
    const doneAt = new Float64Array(devices)
    const inSecond = new Map<number, number>()

    const around = {
      now: () => Date.now(),
      after: (ms: number, run: () => void) => void setTimeout(run, Math.min(ms, 2 ** 31 - 1)),
      chance: () => Math.random(),
      async post(device: number, queries: readonly Query[]) {
        if (Date.now() >= recoveredAt) {
          messages[device] = (messages[device] ?? 0) + 1
          const at = Math.floor((Date.now() - recoveredAt) / 1000)
          inSecond.set(at, (inSecond.get(at) ?? 0) + 1)
        }
        const body = JSON.stringify({ queries: queries.map(({ id, elements }) => toWireQuery(id, elements)) })
        return send(agent, `${origin}/api/v1/queries`, device, body).catch(() => 'unreachable' as const)
      },
    }
    const issuedOn = issueDate(invoices[0]?.row ?? '')
    const all = Array.from({ length: devices }, (_, index) => {
      const rows = Array.from({ length: each }, (_row, nth) => {
        const count = index * each + nth
        return rowOf(count, { number: invoices[count]?.number ?? '', issuedOn, amount: 10_600 + 106 * count }, Date.now())
      })
      return createDevice(index, rows, around, ({ index: own }) => {
        doneAt[own] = Date.now()
        done++
      })
    })
    for (const device of all) setTimeout(() => device.wake(), Math.random() * arrivalMs)
    while (all.some(({ open }) => open.some(({ state }) => state !== 'parked'))) await sleep(200)
    authority.be('up')
    recoveredAt = Date.now()
    while (done < devices && Date.now() - recoveredAt < patienceMs) await sleep(200)
    const calls = authority.calls().filter(({ mode }) => mode === 'up')
    return {
      seconds: (Math.max(...doneAt) - recoveredAt) / 1000,
      ideal: Number.NaN,
      messagesPerDevice: messages.reduce((sum, one) => sum + one, 0) / devices,
      peakToCapacity: Math.max(...inSecond.values()) / capacity,
      jain: jainOf([...doneAt].map((at) => each / (at - recoveredAt))),
      calls: calls.length,
      lost: devices - done,
    }
  } finally {
    await gateway.kill()
    agent.destroy()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Column `issuedOn` of a registry row. */
const issueDate = (row: string) => row.split(',')[3] ?? ''

/** Each device has its own address in 127/8, and so a network of its own. */
function send(agent: Agent, url: string, device: number, body: string): Promise<unknown[] | { retryAfter: number | null }> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json', 'Piaozai-Device': String(device).padStart(22, 'A') }
    const localAddress = `127.${1 + (device >> 8)}.${device & 255}.1`
    const sent = request(url, { method: 'POST', agent, headers, localAddress, timeout: 10_000 }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        if (response.statusCode !== 200) return resolve({ retryAfter: Number(response.headers['retry-after']) || null })
        resolve((JSON.parse(Buffer.concat(chunks).toString()) as { results: unknown[] }).results)
      })
    })
    sent.on('timeout', () => sent.destroy(new Error('timeout')))
    sent.on('error', reject)
    sent.end(body)
  })
}
