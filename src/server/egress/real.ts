import { lookup } from 'node:dns/promises'
import { systemClock } from '../real.ts'
import { createEgress, type Egress } from './egress.ts'

/** The egress of a gateway that runs: the machine's own resolver, nothing but the public internet. */
export function systemEgress(): Egress {
  return createEgress({ clock: systemClock, resolve: (host) => lookup(host, { all: true, verbatim: true }) })
}
