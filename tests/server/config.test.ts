import { describe, expect, it } from 'vitest'
import { readConfig, SettingError } from '../../src/server/index.ts'

describe('the configuration', () => {
  it('needs no setting', () => {
    expect(readConfig({})).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      data: './data',
      publicUrl: null,
      sources: ['registry'],
      sourcesGiven: false,
      channels: [],
      probeSeconds: 5,
      secret: null,
    })
  })

  it('reads every setting', () => {
    const config = readConfig({
      PORT: '0',
      HOST: '0.0.0.0',
      PIAOZAI_DATA: '/srv/x',
      PIAOZAI_PUBLIC_URL: 'https://a.example/',
      PIAOZAI_SOURCES: 'simulated, registry',
      PIAOZAI_SIMULATED_AUTHORITY: 'a.json',
      PIAOZAI_CHANNELS: 'https://a.example,https://b.example:8443',
      PIAOZAI_STATUS_HOSTS: 'https://s.example',
      PIAOZAI_ORIGINS: 'http://localhost:5173',
      PIAOZAI_PROBE_SECONDS: '0.5',
      PIAOZAI_KEYS: 'A'.repeat(43),
    })
    expect(config).toMatchObject({
      port: 0,
      host: '0.0.0.0',
      data: '/srv/x',
      publicUrl: 'https://a.example',
      sources: ['simulated', 'registry'],
      sourcesGiven: true,
      simulatedAuthority: 'a.json',
      channels: ['https://a.example', 'https://b.example:8443'],
      statusHosts: ['https://s.example'],
      origins: ['http://localhost:5173'],
      probeSeconds: 0.5,
    })
    expect(config.secret).toHaveLength(32)
  })

  it.each([
    ['PORT', 'http'],
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['PIAOZAI_PUBLIC_URL', 'a.example'],
    ['PIAOZAI_PUBLIC_URL', 'https://a.example/path'],
    ['PIAOZAI_PUBLIC_URL', 'https://a.example,https://b.example'],
    ['PIAOZAI_SOURCES', 'registry,tencent'],
    ['PIAOZAI_SOURCES', 'registry,registry'],
    ['PIAOZAI_SOURCES', 'simulated'],
    ['PIAOZAI_CHANNELS', 'ftp://a.example'],
    ['PIAOZAI_ORIGINS', '*'],
    ['PIAOZAI_PROBE_SECONDS', '0'],
    ['PIAOZAI_PROBE_SECONDS', 'often'],
    ['PIAOZAI_KEYS', 'secret'],
    ['PIAOZAI_SOURCE', 'registry'],
    ['PIAOZAI_DATABASE_URL', 'postgres://x'],
  ])('stops the start with a sentence that names %s when it is "%s"', (name, value) => {
    const read = () => readConfig({ [name]: value })
    expect(read).toThrow(SettingError)
    expect(read).toThrow(new RegExp(`${name}.*\\.$`))
  })

  it('does not repeat a secret in its sentence', () => {
    expect(() => readConfig({ PIAOZAI_KEYS: 'my-secret' })).not.toThrow(/my-secret/)
  })
})
