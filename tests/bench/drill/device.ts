/**
 * The device half of `piaozai drill`: `node tests/bench/drill/device.ts ORIGIN`. The wallet, outbox, capture and channels of the app on a
 * database in memory, talking to a real gateway. Takes orders as JSON lines on stdin, tells its state as JSON lines on stdout.
 */
import 'fake-indexeddb/auto'
import { createInterface } from 'node:readline'
import { captureText } from '../../../src/capture/index.ts'
import { createChannels, startProbing, type PageEvents } from '../../../src/channels/index.ts'
import { startDraining } from '../../../src/outbox/index.ts'
import { environment, openWallet } from '../../../src/wallet/index.ts'

type Order = { readonly do: 'capture'; readonly texts: readonly string[] } | { readonly do: 'lose' } | { readonly do: 'report' }

const [origin = ''] = process.argv.slice(2)
const platform = environment()
const wallet = await openWallet(platform)
const channels = createChannels({
  ...platform,
  fetch: (url, init) => fetch(url, init),
  origins: [origin],
  deviceId: async () => (await wallet.settings()).deviceId,
  onLine: () => true,
})
const events: PageEvents = { visible: () => true, onChange: () => () => {} }
const deps = { ...platform, wallet, channels, events }
const tell = (message: object) => void process.stdout.write(`${JSON.stringify(message)}\n`)

wallet
  .watch(async () => {
    // The list first: what is in it has its question among the queries, or its answer.
    const { entries } = await wallet.list()
    const { queries } = await wallet.queries()
    return {
      kept: entries.length,
      open: queries.length,
      parked: queries.filter(({ state }) => state === 'parked').length,
      answered: entries.filter(({ status }) => status.is === 'answered').length,
    }
  })
  .subscribe((state) => tell({ is: 'state', ...state }))
startProbing(deps)
startDraining(deps)

for await (const line of createInterface({ input: process.stdin })) await obey(JSON.parse(line) as Order)

async function obey(order: Order): Promise<void> {
  switch (order.do) {
    case 'capture':
      for (const text of order.texts) await captureText(deps, text, 'camera')
      return
    case 'lose': {
      const { queries } = await wallet.queries()
      const [one] = queries
      if (one !== undefined) await wallet.write((tx) => tx.withdraw(one.id))
      return
    }
    case 'report': {
      const { entries } = await wallet.list()
      const invoices = []
      for (const { entry, status } of entries) {
        const detail = await wallet.entry(entry.id)
        const verdict = status.is === 'answered' ? status.verdict : null
        invoices.push({ number: entry.invoice.number, verdict, answers: detail?.answers.length ?? 0 })
      }
      tell({ is: 'report', invoices })
    }
  }
}
