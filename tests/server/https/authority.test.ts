import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, createServer } from 'node:tls'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueFor, localAuthority } from '../../../src/server/https/authority.ts'
import { inUrl, lanAddresses } from '../../../src/server/https/addresses.ts'

const day = 86_400_000
const now = Date.parse('2026-03-01T00:00:00Z')
let folder = ''
beforeAll(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'piaozai-ca-')), 'ca')
})
afterAll(() => rmSync(join(folder, '..'), { recursive: true }))

describe('the local CA', () => {
  it('is made once, and its key is readable by its owner only', async () => {
    const first = await localAuthority(folder, 'test CA', now)
    expect(await localAuthority(folder, 'test CA', now + 365 * day)).toEqual(first)
    expect(statSync(join(folder, 'ca.key')).mode & 0o777).toBe(0o600)
    expect(new X509Certificate(first.cert).ca).toBe(true)
  })

  it('signs for addresses and names, for at most 397 days', async () => {
    const authority = await localAuthority(folder, 'test CA', now)
    const leaf = new X509Certificate((await issueFor(['localhost', '192.0.2.7', 'fd00::2'], authority, now)).cert)
    expect(leaf.verify(new X509Certificate(authority.cert).publicKey)).toBe(true)
    expect(leaf.checkHost('localhost')).toBe('localhost')
    expect(leaf.checkIP('192.0.2.7')).toBe('192.0.2.7')
    expect(leaf.checkIP('fd00::2')).toBe('fd00::2')
    expect(leaf.checkIP('192.0.2.8')).toBeUndefined()
    expect(leaf.ca).toBe(false)
    expect((Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)) / day).toBeLessThanOrEqual(397)
    expect(leaf.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1')
  })

  it('is believed by a TLS client that trusts it, and by no other', async () => {
    const authority = await localAuthority(folder, 'test CA', Date.now())
    const server = createServer(await issueFor(['localhost', '127.0.0.1'], authority, Date.now()), (socket) => socket.end('hello'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const greeting = (ca?: string) =>
      new Promise<string>((resolve) => {
        const socket = connect({ port, host: '127.0.0.1', ...(ca !== undefined && { ca }) })
        socket.on('data', (data) => resolve(data.toString()))
        socket.on('error', (error) => resolve('code' in error ? String(error.code) : error.message))
      })
    expect(await greeting(authority.cert)).toBe('hello')
    expect(await greeting()).toMatch(/SELF_SIGNED|UNABLE_TO/)
    server.close()
  })
})

describe('the addresses a phone can reach', () => {
  const info = (address: string, family: 'IPv4' | 'IPv6', internal = false) =>
    ({ address, family, internal, netmask: '', mac: '', cidr: null, scopeid: 0 }) as never

  it('are neither this machine alone nor link-local, IPv4 first', () => {
    const found = lanAddresses({
      lo: [info('127.0.0.1', 'IPv4', true), info('::1', 'IPv6', true)],
      eth0: [info('fd00::2', 'IPv6'), info('fe80::1', 'IPv6'), info('192.0.2.2', 'IPv4'), info('169.254.1.1', 'IPv4')],
    })
    expect(found).toEqual(['192.0.2.2', 'fd00::2'])
    expect(found.map(inUrl)).toEqual(['192.0.2.2', '[fd00::2]'])
  })
})
