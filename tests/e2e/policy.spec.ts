import { expect, test } from './support/test.ts'

test.describe('the policy of the pages', () => {
  test('refuses markup and script addresses that are strings', async ({ gateway, device }) => {
    const phone = await device()
    const page = await phone.open(gateway.url)
    await expect(page.locator('#app .early')).toHaveCount(0)
    const tried = await page.evaluate(async () => {
      const attempt = (run: () => unknown) => {
        try {
          run()
          return 'allowed'
        } catch (error) {
          return error instanceof Error ? error.name : 'refused'
        }
      }
      const planted = document.createElement('div')
      const script = document.createElement('script')
      return {
        innerHTML: attempt(() => (planted.innerHTML = '<img src=x onerror="globalThis.planted = true">')),
        scriptText: attempt(() => (script.text = 'globalThis.planted = true')),
        foreignScript: attempt(() => (script.src = 'https://evil.example/x.js')),
        foreignWorker: attempt(() => new Worker('data:text/javascript,1')),
        parser: attempt(() => new DOMParser().parseFromString('<p>', 'text/html')),
        // Not under the protocol's own evaluation, which may do what the page may not.
        evaluated: await new Promise<string>((resolve) => setTimeout(() => resolve(attempt(() => (0, eval)('1'))))),
        inPage: planted.childElementCount,
      }
    })
    expect(tried).toMatchObject({
      innerHTML: 'TypeError',
      scriptText: 'TypeError',
      foreignScript: 'TypeError',
      foreignWorker: 'TypeError',
      parser: 'TypeError',
      inPage: 0,
    })
    expect(tried.evaluated).not.toBe('allowed')
    expect(phone.complaints().length, 'the browser reports what it refused').toBeGreaterThan(0)
    phone.forgetComplaints()
  })

  test('is on every route', async ({ gateway }) => {
    for (const path of [
      '/',
      '/scan',
      '/api/v1/status',
      '/api/v1/nothing',
      '/sw.js',
      '/healthz',
      '/status.json',
      '/.well-known/piaozai.json',
    ]) {
      const { headers } = await fetch(`${gateway.url}${path}`)
      expect(headers.get('Content-Security-Policy'), path).toContain("require-trusted-types-for 'script'")
      expect(headers.get('X-Content-Type-Options'), path).toBe('nosniff')
      expect(headers.get('Cross-Origin-Opener-Policy'), path).toBe('same-origin')
      expect(headers.get('Strict-Transport-Security'), path).toBeNull()
    }
  })

  test('leaves no inline script or style in the document', async ({ gateway }) => {
    const html = await (await fetch(gateway.url)).text()
    expect(html.length).toBeLessThanOrEqual(14_000)
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/i)
  })
})
