import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os'

/** The addresses of this machine that a phone in the same network can reach, IPv4 first; link-local ones are left out. */
export function lanAddresses(interfaces: NodeJS.Dict<NetworkInterfaceInfo[]> = networkInterfaces()): string[] {
  const outside = Object.values(interfaces)
    .flatMap((infos) => infos ?? [])
    .filter(({ internal, address }) => !internal && !/^fe80:|^169\.254\./i.test(address))
  const of = (family: string) => outside.filter((info) => info.family === family).map(({ address }) => address)
  return [...new Set([...of('IPv4'), ...of('IPv6')])]
}

/** An address as it stands in a URL. */
export function inUrl(address: string): string {
  return address.includes(':') ? `[${address}]` : address
}
