import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test as base } from '@playwright/test'
import { createAuthority, type Authority } from './authority.ts'
import { openDevice, type Device, type DeviceOptions } from './device.ts'
import { createGateway, type Gateway } from './gateway.ts'

interface Fixtures {
  /** A folder of this test alone. */
  readonly folder: string
  readonly authority: Authority
  /** A running gateway that asks {@link Fixtures.authority}. */
  readonly gateway: Gateway
  /** Opens a device; without a profile it is the same phone every time. All are closed, and none may have complained. */
  readonly device: (options?: Partial<DeviceOptions>) => Promise<Device>
}

export const test = base.extend<Fixtures>({
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'piaozai-e2e-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  },
  authority: async ({ folder }, use) => use(createAuthority(join(folder, 'authority'))),
  gateway: async ({ folder, authority }, use, info) => {
    const gateway = await createGateway({ data: join(folder, 'data'), authority })
    await gateway.start()
    await use(gateway)
    await gateway.stop()
    if (info.status !== info.expectedStatus) await info.attach('gateway.log', { body: gateway.output() })
  },
  device: async ({ folder }, use) => {
    const devices: Device[] = []
    await use(async (options = {}) => {
      const device = await openDevice({ profile: join(folder, 'profile'), ...options })
      devices.push(device)
      return device
    })
    const complaints = devices.flatMap((device) => device.complaints())
    for (const device of devices) await device.close()
    expect(complaints, 'errors and violations in the browser').toEqual([])
  },
})
export { expect }
