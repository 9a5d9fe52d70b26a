import { X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { generate } from 'selfsigned'

/** A certificate and its key, both PEM. */
export interface Pair {
  readonly cert: string
  readonly key: string
}

const day = 86_400_000
/** Browsers refuse a server certificate that is valid for longer (398 days), even from a CA that the person installed. */
const leafDays = 397
const authorityDays = 3650
const curve = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const

/**
 * The CA of this installation, made once and kept in `folder` (the key readable by its owner only). Whoever installs its certificate trusts
 * this machine for every name, so it signs for nobody but {@link issueFor}.
 * @param name told to people when they install it.
 */
export async function localAuthority(folder: string, name: string, now: number): Promise<Pair> {
  const certFile = join(folder, 'ca.crt')
  const keyFile = join(folder, 'ca.key')
  if (existsSync(certFile) && existsSync(keyFile)) {
    const kept = { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') }
    if (Date.parse(new X509Certificate(kept.cert).validTo) > now + leafDays * day) return kept
  }
  const made = await generate([{ name: 'commonName', value: name }], {
    ...curve,
    notBeforeDate: new Date(now - day),
    notAfterDate: new Date(now + authorityDays * day),
    extensions: [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // The certificate is written last: a pair that was cut in the middle is made anew.
  writeWhole(keyFile, made.private)
  writeWhole(certFile, made.cert)
  return { cert: made.cert, key: made.private }
}

/** The SHA-256 of a certificate, as phones show it. */
export function fingerprintOf(cert: string): string {
  return new X509Certificate(cert).fingerprint256
}

/** A server certificate for these names and addresses, signed by the CA; the chain is in `cert`. */
export async function issueFor(hosts: readonly string[], authority: Pair, now: number): Promise<Pair> {
  const altNames = hosts.map((host) => (isIP(host) === 0 ? { type: 2 as const, value: host } : { type: 7 as const, ip: host }))
  const made = await generate([{ name: 'commonName', value: 'Piaozai gateway' }], {
    ...curve,
    ca: authority,
    notBeforeDate: new Date(now - day),
    notAfterDate: new Date(now + (leafDays - 1) * day),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames },
    ],
  })
  return { cert: `${made.cert.trim()}\n${authority.cert}`, key: made.private }
}

function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 })
  renameSync(`${path}.new`, path)
}
