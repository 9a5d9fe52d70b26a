import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { readConfig, silentLog, startGateway } from '../../src/server/index.ts'

/** Seconds for which a gateway says it keeps an idle connection. */
async function keepsFor(settings: Readonly<Record<string, string>>): Promise<number> {
  const data = mkdtempSync(join(tmpdir(), 'piaozai-start-'))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  const config = readConfig({ PIAOZAI_DATA: data, HOST: '127.0.0.1', PORT: '0', ...settings })
  const running = await startGateway(config, { log: silentLog() })
  onTestFinished(() => running.stop())
  const response = await fetch(`${running.url}/healthz`)
  return Number(/timeout=(\d+)/.exec(response.headers.get('Keep-Alive') ?? '')?.[1])
}

it('a front finds its connections open for longer than it keeps them itself, so that no query is sent into one that just closes', async () => {
  expect(await keepsFor({ PIAOZAI_PROXIES: '172.30.7.2' })).toBeGreaterThan(120)
})

it('devices do not hold connections for long', async () => {
  expect(await keepsFor({})).toBeLessThan(10)
})
