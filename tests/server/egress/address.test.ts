import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isLoopbackAddress, isPublicAddress } from '../../../src/server/egress/address.ts'

describe('an address is on the public internet', () => {
  it.each(['1.1.1.1', '119.29.29.29', '223.5.5.5', '100.63.255.255', '172.15.0.1', '172.32.0.1', '2400:3200::1', '2606:4700::1111'])(
    'if it is %s',
    (address) => expect(isPublicAddress(address)).toBe(true),
  )

  it.each([
    ['this machine', ['127.0.0.1', '127.255.255.254', '0.0.0.0', '::1', '::', '::ffff:127.0.0.1', '::ffff:7f00:1']],
    ['link-local, where clouds keep their credentials', ['169.254.169.254', 'fe80::1', 'fe80::1%eth0', '::ffff:169.254.169.254']],
    ['private', ['10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', 'fc00::1', 'fd12:3456::1', '::ffff:10.0.0.1']],
    ['a tunnel to IPv4', ['2002:7f00:1::', '64:ff9b::7f00:1', '2001:0:1::1', '::127.0.0.1']],
    ['for documentation or tests', ['192.0.2.1', '198.51.100.1', '203.0.113.1', '198.18.0.1', '2001:db8::1', '3fff::1']],
    ['many or nobody', ['224.0.0.1', '239.1.1.1', '240.0.0.1', '255.255.255.255', 'ff02::1']],
    ['none at all', ['', 'localhost', '2130706433', '0x7f.1', '127.1', '1.1.1.1 ', '1.1.1']],
  ])('never if it is %s', (_, addresses) => {
    for (const address of addresses) expect([address, isPublicAddress(address)]).toEqual([address, false])
  })

  it('never inside 10/8, 127/8 or 192.168/16, whatever follows', () => {
    const byte = fc.integer({ min: 0, max: 255 })
    fc.assert(
      fc.property(fc.constantFrom('10', '127', '192.168'), byte, byte, byte, (net, a, b, c) => {
        const address = net.includes('.') ? `${net}.${a}.${b}` : `${net}.${a}.${b}.${c}`
        expect([isPublicAddress(address), isPublicAddress(`::ffff:${address}`)]).toEqual([false, false])
      }),
    )
  })

  it('knows this machine', () => {
    expect(['127.0.0.1', '127.9.9.9', '::1', '10.0.0.1', '1.1.1.1'].map(isLoopbackAddress)).toEqual([true, true, true, false, false])
  })
})
