import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gatewaySettings } from '../../src/server/config.ts'
import { readConfig, SettingError } from '../../src/server/index.ts'

describe('the configuration', () => {
  it('needs no setting', () => {
    expect(readConfig({})).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      data: './data',
      databaseUrl: null,
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
      PIAOZAI_DATABASE_URL: 'postgresql://u:p@h/d',
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
      databaseUrl: 'postgresql://u:p@h/d',
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
    ['PIAOZAI_DATABASE_URL', 'mysql://x/y'],
    ['PIAOZAI_DATABASE_URL', 'postgres://x'],
  ])('stops the start with a sentence that names %s when it is "%s"', (name, value) => {
    const read = () => readConfig({ [name]: value })
    expect(read).toThrow(SettingError)
    expect(read).toThrow(new RegExp(`${name}.*\\.$`))
  })

  it('reads what is said of the sources', () => {
    const { sources, sourceSettings } = readConfig({
      PIAOZAI_SOURCES: 'registry,peer:north,tencent,baidu',
      PIAOZAI_TENCENT_SECRET_ID: 'AKIDexample0000',
      PIAOZAI_TENCENT_SECRET_KEY: 'keyexample00001',
      PIAOZAI_BAIDU_API_KEY: 'apiexample00002',
      PIAOZAI_BAIDU_SECRET_KEY: 'keyexample00003',
      PIAOZAI_PEERS: 'north=https://north.example south=https://south.example:8443',
      PIAOZAI_BUDGETS: 'tencent=500, baidu=20',
      PIAOZAI_PRICES: 'tencent=0.25',
      PIAOZAI_POLICY: 'fiscal=tencent rail=baidu+tencent',
    })
    expect(sources).toEqual(['registry', 'peer:north', 'tencent', 'baidu'])
    expect(sourceSettings).toEqual({
      tencent: { secretId: 'AKIDexample0000', secretKey: 'keyexample00001' },
      aliyun: null,
      baidu: { apiKey: 'apiexample00002', secretKey: 'keyexample00003' },
      peers: new Map([
        ['peer:north', 'https://north.example'],
        ['peer:south', 'https://south.example:8443'],
      ]),
      budgets: new Map([
        ['tencent', 500],
        ['baidu', 20],
      ]),
      prices: new Map([['tencent', 0.25]]),
      policy: new Map([
        ['fiscal', ['tencent']],
        ['rail', ['baidu', 'tencent']],
      ]),
    })
  })

  it.each([
    ['PIAOZAI_PEERS', 'north'],
    ['PIAOZAI_PEERS', 'north=http://north.example'],
    ['PIAOZAI_PEERS', 'north=https://north.example/path'],
    ['PIAOZAI_PEERS', 'North=https://north.example'],
    ['PIAOZAI_SOURCES', 'peer:north'],
    ['PIAOZAI_BUDGETS', 'tencent=5'],
    ['PIAOZAI_BUDGETS', 'registry=5'],
    ['PIAOZAI_BUDGETS', 'simulated=many'],
    ['PIAOZAI_PRICES', 'simulated=-1'],
    ['PIAOZAI_POLICY', 'bus=simulated'],
    ['PIAOZAI_POLICY', 'rail=baidu'],
    ['PIAOZAI_ALIYUN_ACCESS_KEY_ID', 'LTAIexample0000'],
    ['PIAOZAI_ALIYUN_ACCESS_KEY_SECRET', 'my secret'],
  ])('stops the start with a sentence that names %s when it says "%s" of the sources', (name, value) => {
    const usual = { PIAOZAI_SOURCES: 'registry,simulated', PIAOZAI_SIMULATED_AUTHORITY: 'a.json' }
    expect(() => readConfig({ ...usual, [name]: value })).toThrow(SettingError)
    expect(() => readConfig({ ...usual, [name]: value })).toThrow(new RegExp(`${name}.*\\.$`))
  })

  it('is in the README with every setting', () => {
    const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')
    expect(gatewaySettings.filter((name) => !readme.includes(name))).toEqual([])
  })

  it('stops the start when a gateway is its own peer', () => {
    const env = { PIAOZAI_PUBLIC_URL: 'https://a.example', PIAOZAI_PEERS: 'me=https://a.example' }
    expect(() => readConfig(env)).toThrow(/PIAOZAI_PEERS.*\.$/)
  })

  it('does not repeat a secret in its sentence', () => {
    expect(() => readConfig({ PIAOZAI_KEYS: 'my-secret' })).not.toThrow(/my-secret/)
    expect(() => readConfig({ PIAOZAI_TENCENT_SECRET_KEY: 'my-secret' })).not.toThrow(/my-secret/)
    expect(() => readConfig({ PIAOZAI_TENCENT_SECRET_KEY: 'mysecretmysecret' })).not.toThrow(/mysecret/)
  })
})
