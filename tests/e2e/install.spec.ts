import { join } from 'node:path'
import { installed, openDevice } from './support/device.ts'
import { createGateway, freePort } from './support/gateway.ts'
import { expect, test } from './support/test.ts'
import { homeThatTrusts } from './support/trust.ts'

test('a phone that trusts the local CA can install the app over the network', async ({ folder }) => {
  const httpsPort = await freePort()
  const gateway = await createGateway({
    data: join(folder, 'data'),
    args: ['--https', '--https-port', String(httpsPort)],
    alive: (port) => fetch(`http://127.0.0.1:${port}/piaozai-ca.crt`),
  })
  await gateway.start()
  try {
    // What the QR on the terminal leads to.
    const installUrl = /"url":"([^"]+)"/.exec(gateway.output())?.[1] ?? ''
    const page = await (await fetch(installUrl)).text()
    const appUrl = /href="(https:\/\/[^"]+)"/.exec(page)?.[1] ?? ''
    expect(appUrl).toMatch(new RegExp(`^https://[\\d.a-f:\\[\\]]+:${httpsPort}$`))
    expect(appUrl).not.toMatch(/localhost|127\.0\.0\.1/)
    const certificate = await fetch(`${installUrl}/piaozai-ca.crt`)
    expect(certificate.headers.get('Content-Type')).toBe('application/x-x509-ca-cert')

    const env = homeThatTrusts(await certificate.text(), join(folder, 'home'))
    const phone = await openDevice({ profile: join(folder, 'profile'), env })
    try {
      const app = await phone.open(appUrl)
      await installed(app)
      expect(await app.evaluate(() => isSecureContext)).toBe(true)
      const session = await phone.context.newCDPSession(app)
      const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
      // The profile of a test may be taken for a private window, which cannot install anything; nothing else may be wrong.
      expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([])
      const manifest = await session.send('Page.getAppManifest')
      expect(manifest.errors).toEqual([])
      expect(JSON.parse(manifest.data ?? '{}')).toMatchObject({ name: '票在', display: 'standalone', start_url: '/' })
      expect(phone.complaints()).toEqual([])
    } finally {
      await phone.close()
    }

    const stranger = await openDevice({ profile: join(folder, 'stranger'), env: { HOME: join(folder, 'nobody') } })
    try {
      const failure = await stranger.open(appUrl).then(
        () => 'opened',
        (error: Error) => error.message,
      )
      expect(failure, 'a browser that does not trust the CA').toContain('ERR_CERT_AUTHORITY_INVALID')
    } finally {
      await stranger.close()
    }
  } finally {
    await gateway.stop()
  }
})
