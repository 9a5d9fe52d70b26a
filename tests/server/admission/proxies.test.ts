import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAddressOf, isNetwork } from '../../../src/server/admission/proxies.ts'

describe('whose request it is', () => {
  const addressOf = createAddressOf(['172.30.7.0/24', 'fd00::7'])

  it('is the connection’s, whatever a header says, when it is no front of ours', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.string(), (address, header) => {
        fc.pre(!address.startsWith('172.30.7.'))
        expect(addressOf(address, header)).toBe(address)
      }),
    )
    expect(createAddressOf([])('172.30.7.1', '198.51.100.1')).toBe('172.30.7.1')
  })

  it('is the last one that a front names; what others wrote before that counts nothing', () => {
    expect(addressOf('172.30.7.2', '198.51.100.1')).toBe('198.51.100.1')
    expect(addressOf('::ffff:172.30.7.2', '203.0.113.9, 198.51.100.1')).toBe('198.51.100.1')
    expect(addressOf('fd00::7', '203.0.113.9, 198.51.100.1, 172.30.7.3')).toBe('198.51.100.1')
    expect(addressOf('172.30.7.2', undefined)).toBe('172.30.7.2')
    expect(addressOf('172.30.7.2', 'nonsense')).toBe('172.30.7.2')
  })

  it('knows networks from what is none', () => {
    expect(['10.0.0.1', '10.0.0.0/8', '::1', 'fd00::/8'].map(isNetwork)).toEqual([true, true, true, true])
    expect(['', 'front', '10.0.0.0/33', '10.0.0/8', '10.0.0.0/8/8', '10.0.0.0/'].map(isNetwork)).toEqual(Array<boolean>(6).fill(false))
  })
})
