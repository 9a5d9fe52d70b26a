import { isIPv4, isIPv6 } from 'node:net'
import type { Keys } from '../keys.ts'
import type { HashedSender } from '../store/store.ts'

/** Who sends: the device if it says so, and the network it is in. */
export interface Sender {
  /** The header `Piaozai-Device`, or null. */
  readonly device: string | null
  /** The address of the connection. */
  readonly address: string
}

/** A sender's device and network as they are recognised without being kept; without a device the network is one. */
export function hashedSender(keys: Keys, { device, address }: Sender): HashedSender {
  const network = networkOf(address)
  const mine = isDeviceId(device) ? `device ${device}` : `network-as-device ${network}`
  return { device: keys.hash('device', mine), network: keys.hash('device', `network ${network}`) }
}

/** 128 random bits in base64url. */
function isDeviceId(text: string | null): text is string {
  return text !== null && /^[\w-]{22}$/.test(text)
}

/** The network an address is in: IPv4 /24, IPv6 /56. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (isIPv4(plain)) return plain.split('.').slice(0, 3).join('.')
  if (!isIPv6(plain)) return 'unknown'
  const [head = '', tail] = (plain.split('%')[0] ?? '').split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const groups = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right]
  const bits = groups.slice(0, 4).map((group) => group.padStart(4, '0').toLowerCase())
  return bits.join('').slice(0, 14)
}
