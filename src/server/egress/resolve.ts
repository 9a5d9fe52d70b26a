import type { LookupAddress } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { isLoopbackAddress, isPublicAddress } from './address.ts'
import { EgressError } from './error.ts'

/** All addresses of a host name. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>

/**
 * The look-up of a connection: it resolves once, checks every address, and hands out only what it has checked, so a name that leads elsewhere
 * the next time (rebinding) changes nothing. One bad address among good ones spoils the name: somebody is playing games.
 * @param loopback also this machine itself; for tests.
 */
export function checkedLookup(resolve: Resolve, loopback: boolean): LookupFunction {
  return (host, options, done) => {
    resolve(host)
      .then((addresses) => {
        if (addresses.length === 0) throw new EgressError('no-address')
        for (const { address } of addresses) refuseAddress(address, loopback)
        const [first] = addresses
        if (options.all === true) done(null, [...addresses])
        else if (first) done(null, first.address, first.family)
      })
      .catch((error: unknown) => done(error instanceof Error ? error : new EgressError('no-address'), []))
  }
}

/** A host written as an address is never looked up, so it is checked before. @throws {EgressError} */
export function refuseLiteral(host: string, loopback: boolean): void {
  const plain = host.replace(/^\[|\]$/g, '')
  if (isIP(plain) !== 0) refuseAddress(plain, loopback)
}

function refuseAddress(address: string, loopback: boolean): void {
  if (isPublicAddress(address) || (loopback && isLoopbackAddress(address))) return
  throw new EgressError('not-public')
}
