import { describe, expect, it } from 'vitest'
import { trustListRule } from '../../../src/app/start/trust-list.ts'
import type { TrustList } from '../../../src/authenticity/index.ts'
import { trustInForce } from '../../../src/capture/index.ts'
import { followCards, openReference } from '../../../src/reference/index.ts'
import { settle } from '../../fixtures/clock.ts'
import { makeDevice, type Device } from '../../fixtures/device.ts'
import { json } from '../../fixtures/gateway.ts'
import { operatorList, testOperator } from '../../fixtures/seal/index.ts'
import { trust } from '../../authenticity/ofd/sealed.ts'

const list = (version: number): TrustList => ({ ...trust.list, version })

/** A gateway whose card names a list of `version` and that serves `text`, and a visit of the app. Returns how often the list was asked for. */
async function visit(device: Device, version: number | null, text: string, key: string | null = testOperator) {
  const asked = { lists: 0, adopted: 0 }
  device.gateway.network = (url) => {
    const path = new URL(url).pathname
    if (path === '/trust-list.json') asked.lists += 1
    if (path === '/trust-list.json') return Promise.resolve(new Response(text, { headers: { 'content-type': 'application/json' } }))
    if (path !== '/.well-known/piaozai.json') return undefined
    const card = { product: 'piaozai', version: '1', receiptKeys: [], smsNumber: null, statusHosts: [], channels: [] }
    return Promise.resolve(json(200, { ...card, trustListVersion: version }))
  }
  const reference = await openReference(device)
  const rule = trustListRule(device.wallet, () => void (asked.adopted += 1), key)
  let taking = Promise.resolve()
  const takeTrustList: typeof rule = (named, read) => (taking = rule(named, read))
  const end = await followCards(reference, device.channels, { adoptKeys: async () => null, takeTrustList })
  await device.channels.probe()
  await settle()
  await taking
  end()
  reference.close()
  return asked
}
const inForce = async ({ wallet }: Device) => (await trustInForce(wallet)).trust.list.version

describe('the trust list that the gateway has', () => {
  it('is taken when the operator signed it, is newer, and seals are judged by it from then on; once', async () => {
    const device = await makeDevice()
    expect(await visit(device, 8, operatorList(list(8)))).toEqual({ lists: 1, adopted: 1 })
    expect(await inForce(device)).toBe(8)
    expect(await visit(device, 8, operatorList(list(8)))).toEqual({ lists: 0, adopted: 0 })
    expect(await visit(device, 7, operatorList(list(7)))).toEqual({ lists: 0, adopted: 0 })
    expect(await inForce(device)).toBe(8)
  })

  it.each([
    ['nobody signed', JSON.stringify(list(9)), testOperator],
    ['was changed after signing', operatorList(list(9)).replace('9', '10'), testOperator],
    ['a build that pins no key cannot judge', operatorList(list(9)), null],
    ['is no list', '{"list":"x","signature":""}', testOperator],
    ['is a login page', '<html>', testOperator],
    ['is older than the card says', operatorList(list(1)), testOperator],
  ])('is left alone when it is one that %s', async (_what, text, key) => {
    const device = await makeDevice()
    await visit(device, 8, operatorList(list(8)))
    expect(await visit(device, 9, text, key)).toEqual({ lists: 1, adopted: 0 })
    expect(await inForce(device)).toBe(8)
  })

  it('is not asked for where the card names none', async () => {
    const device = await makeDevice()
    expect(await visit(device, null, operatorList(list(8)))).toEqual({ lists: 0, adopted: 0 })
  })
})
