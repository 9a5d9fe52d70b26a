import { BlockList, isIP } from 'node:net'

/** True for `10.1.2.3`, `172.30.7.0/24`, `fd00::/8`. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, more] = text.split('/')
  const version = isIP(address)
  if (version === 0 || more !== undefined) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

/**
 * Whose request it is that came over a connection from `address`: whoever the front says, when it is one of ours. Of several addresses the last
 * one counts that no front of ours has; what is before it, anybody can have written.
 */
export function createAddressOf(proxies: readonly string[]): (address: string, forwardedFor: string | undefined) => string {
  const known = new BlockList()
  for (const one of proxies) {
    const [address = '', bits] = one.split('/')
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6'
    known.addSubnet(address, Number(bits ?? (family === 'ipv4' ? 32 : 128)), family)
  }
  const isOurs = (address: string) => {
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
    const version = isIP(plain)
    return version !== 0 && known.check(plain, version === 4 ? 'ipv4' : 'ipv6')
  }
  return (address, forwardedFor) => {
    if (proxies.length === 0 || !isOurs(address)) return address
    const said = (forwardedFor ?? '').split(',').map((one) => one.trim())
    return said.findLast((one) => isIP(one) !== 0 && !isOurs(one)) ?? address
  }
}
