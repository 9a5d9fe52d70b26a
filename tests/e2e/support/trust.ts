import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A home directory whose browser trusts this CA certificate, as a phone does after its owner installed it. */
export function homeThatTrusts(certificate: string, home: string): Readonly<Record<string, string>> {
  const store = join(home, '.pki/nssdb')
  mkdirSync(store, { recursive: true })
  const file = join(home, 'ca.crt')
  writeFileSync(file, certificate)
  const database = `sql:${store}`
  execFileSync('certutil', ['-d', database, '-N', '--empty-password'])
  execFileSync('certutil', ['-d', database, '-A', '-t', 'C,,', '-n', 'piaozai', '-i', file])
  return { HOME: home }
}
