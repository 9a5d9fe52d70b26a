import { BlockList, isIPv4, isIPv6 } from 'node:net'

/** IPv4 that is not the public internet: RFC 6890 and the registries it names, multicast, reserved. */
const privateIPv4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const

/** Inside 2000::/3, what leads elsewhere: protocol assignments (Teredo among them), 6to4, documentation. */
const specialIPv6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const

function listOf(ranges: readonly (readonly [string, number])[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const [net, prefix] of ranges) list.addSubnet(net, prefix, family)
  return list
}

const notPublicIPv4 = listOf(privateIPv4, 'ipv4')
const notPublicIPv6 = listOf(specialIPv6, 'ipv6')
// Everything of IPv6 that is not global unicast is refused by not being in here: loopback, link-local, unique local, mapped IPv4, NAT64.
const globalIPv6 = listOf([['2000::', 3]], 'ipv6')
const loopbackIPv4 = listOf([['127.0.0.0', 8]], 'ipv4')

/** True for an address that can only be on the public internet. Anything that is no IP address is not. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !notPublicIPv4.check(address, 'ipv4')
  return isIPv6(address) && !address.includes('%') && globalIPv6.check(address, 'ipv6') && !notPublicIPv6.check(address, 'ipv6')
}

/** True for an address of this machine itself. */
export function isLoopbackAddress(address: string): boolean {
  return isIPv4(address) ? loopbackIPv4.check(address, 'ipv4') : address === '::1'
}
