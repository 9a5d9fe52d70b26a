import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createAddressOf } from '../../src/server/admission/proxies.ts'
import { readConfig } from '../../src/server/index.ts'

interface Service {
  readonly image?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly ports?: readonly string[]
  readonly depends_on?: object
  readonly healthcheck?: { readonly test: readonly string[] }
  readonly volumes?: readonly string[]
  readonly networks?: object
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>
  readonly configs: { readonly caddyfile: { readonly content: string } }
  readonly volumes: object
}

const root = join(import.meta.dirname, '../..')
const text = readFileSync(join(root, 'compose.yaml'), 'utf8')
// The reader of a package of ours.
const yaml = createRequire(createRequire(import.meta.url).resolve('vite'))('yaml') as {
  parse: (text: string, options: { merge: boolean }) => Compose
}
const { services, configs, volumes } = yaml.parse(text, { merge: true })
const gateways = Object.keys(services).filter((name) => services[name]?.image === 'piaozai')
const env: Readonly<Record<string, string>> = {
  PIAOZAI_SITE: 'piaozai.example',
  PIAOZAI_KEYS: Buffer.alloc(32, 1).toString('base64url'),
  POSTGRES_PASSWORD: 'invented',
}

/** A value with the variables of `.env` put in, as Compose does it. */
function filled(value: string): string {
  return value.replace(/\$\{(\w+)(?::[-?]([^}]*))?\}/g, (all, name: string, otherwise: string | undefined) => {
    const given = env[name]
    if (given === undefined && all.includes(':?')) throw new Error(`${name} is missing`)
    return given ?? otherwise ?? ''
  })
}

const settingsOf = (name: string) =>
  Object.fromEntries(Object.entries(services[name]?.environment ?? {}).map(([key, value]) => [key, filled(value)]))

describe('compose.yaml', () => {
  it('has two gateways with settings that a gateway takes, one PostgreSQL and one set of keys', () => {
    expect(gateways).toHaveLength(2)
    const configs = gateways.map((name) => readConfig(settingsOf(name)))
    expect(configs[0]).toEqual(configs[1])
    expect(configs[0]).toMatchObject({
      host: '0.0.0.0',
      port: 8080,
      publicUrl: 'https://piaozai.example',
      maintenance: false,
      metricsToken: null,
    })
    expect(configs[0]?.secret).toEqual(Buffer.alloc(32, 1))
    expect(new URL(configs[0]?.databaseUrl ?? '').hostname).toBe('postgres')
    for (const name of gateways) expect(services[name]?.depends_on).toEqual({ postgres: { condition: 'service_healthy' } })
  })

  it('starts only with keys, a password and a name, which stand in no file of the project', () => {
    for (const name of ['PIAOZAI_KEYS', 'POSTGRES_PASSWORD', 'PIAOZAI_SITE']) {
      const uses = [...text.matchAll(/\$\{(\w+)[^}]*\}/g)].filter(([, variable]) => variable === name)
      expect(uses.length, name).toBeGreaterThan(0)
      for (const [use] of uses) expect(use, name).toContain(':?')
    }
    expect(readFileSync(join(root, '.gitignore'), 'utf8').split('\n')).toContain('.env')
    expect(readFileSync(join(root, '.dockerignore'), 'utf8').split('\n')).toEqual(expect.arrayContaining(['.env', 'data', 'node_modules']))
  })

  it('can be reached through the front alone, which knows every gateway and is believed by them', () => {
    expect(Object.keys(services).filter((name) => services[name]?.ports !== undefined)).toEqual(['front'])
    const caddyfile = configs.caddyfile.content
    for (const name of gateways) expect(caddyfile).toContain(`${name}:8080`)
    expect(caddyfile).toContain('health_uri /readyz')
    expect(caddyfile).toMatch(/path \/metrics\n\s*respond @operator 404/)
    const { inside } = services['front']?.networks as { inside: { ipv4_address: string } }
    const addressOf = createAddressOf(readConfig(settingsOf(gateways[0] ?? '')).proxies)
    expect(addressOf(inside.ipv4_address, '198.51.100.1')).toBe('198.51.100.1')
    expect(addressOf('172.30.7.9', '198.51.100.1')).toBe('172.30.7.9')
  })

  it('keeps what must outlive a container, and looks after the health of what others wait for', () => {
    const kept = Object.values(services)
      .flatMap((one) => one.volumes ?? [])
      .map((one) => one.split(':')[0])
    expect(kept.sort()).toEqual(Object.keys(volumes).sort())
    for (const name of ['postgres', ...gateways]) expect(services[name]?.healthcheck?.test.length, name).toBeGreaterThan(1)
  })
})

describe('the settings that README.md and compose.yaml name', () => {
  const named = (file: string) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/(?<!\$\{)\bPIAOZAI_[A-Z_]+\b(?!=%s| \})/g)].map(([name]) => name)
  const notOfGateways = ['PIAOZAI_SITE']

  it.each(['README.md', 'compose.yaml'])('of %s are settings of this version', (file) => {
    const names = [...new Set(named(file))].filter((name) => !notOfGateways.includes(name))
    expect(names.length).toBeGreaterThan(5)
    for (const name of names) {
      const words = () => {
        try {
          readConfig({ [name]: '?' })
          return ''
        } catch (error) {
          return String(error)
        }
      }
      expect(words(), name).not.toMatch(/is no setting/)
    }
  })
})
