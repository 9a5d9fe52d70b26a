import { expect, test } from 'vitest'
import { readQr } from '../../../src/formats/index.ts'

const hash = '0123456789abcdef'.repeat(4)
const address = (host: string) => `https://${host}/verify/scan?hash=${hash}&bill_num=00012345&total_amount=2050`

test('the Shenzhen address gives hash, number and amount, which is in fen', () => {
  const draft = readQr(address('bcfp.shenzhen.chinatax.gov.cn'))
  expect(draft?.invoice).toMatchObject({ kind: 'blockchain', hash, number: '00012345', amount: 2050, amountExTax: null, code: null })
  expect(draft?.provenance).toEqual({ kind: 'qr', hash: 'qr', number: 'qr', amount: 'qr' })
  expect(draft?.checks).toEqual([{ name: 'qr-crc', ok: null }])
})

test.each(['bcfp.shenzhen.chinatax.gov.cn.example.com', 'example.com', 'bcfp.shenzhen.chinatax.gov.cn@example.com'])(
  'the same address at %s is no invoice',
  (host) => {
    expect(readQr(address(host))).toBeNull()
  },
)
