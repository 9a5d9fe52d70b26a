import { isNetwork } from './admission/proxies.ts'
import { parseSecret } from './keys.ts'
import { SettingError } from './setting-error.ts'
import { isSourceId, sourceIds, type SourceId } from './sources/ids.ts'
import { readSourceSettings, sourceSettings, type SourceSettings } from './sources/settings.ts'

export { SettingError }

/** How many queries one device and one network may send. */
export interface RateLimit {
  readonly perMinute: number
  readonly burst: number
}

/** Everything a gateway is told from outside. */
export interface Config {
  readonly port: number
  readonly host: string
  /** Online queries are suspended: nothing is taken in and no source is asked. */
  readonly maintenance: boolean
  /** What a reader of `/metrics` must show; null: only this machine may read them. */
  readonly metricsToken: string | null
  /** Fronts that are believed when they say whom they speak for (`X-Forwarded-For`): addresses and networks. */
  readonly proxies: readonly string[]
  /** Directory of the database and the keys; made when it is missing. */
  readonly data: string
  /** The PostgreSQL database that several gateways may share; null: SQLite in the data directory. Holds a password. */
  readonly databaseUrl: string | null
  /** The one origin used in links; null: the address that is listened on. */
  readonly publicUrl: string | null
  /** The sources in the order they are asked. */
  readonly sources: readonly SourceId[]
  /** True when PIAOZAI_SOURCES was set: then nobody adds a source by themselves. */
  readonly sourcesGiven: boolean
  /** Path of the JSON file of the simulated authority; null when there is none. */
  readonly simulatedAuthority: string | null
  /** Keys, peers, budgets and prices of the sources. */
  readonly sourceSettings: SourceSettings
  readonly channels: readonly string[]
  readonly statusHosts: readonly string[]
  readonly origins: readonly string[]
  readonly probeSeconds: number
  /** Requests a second that are taken in: devices that wait are given times at which no more than that come back. */
  readonly admissionPerSecond: number
  /** The 32-byte secret given from outside; null: the data directory keeps its own. */
  readonly secret: Buffer | null
  /** Path of the list of receipt keys that the operator's offline root signed; null: the gateway lists its keys by itself. */
  readonly receiptKeyList: string | null
  /** Path of the signed trust list that devices get; null: none. */
  readonly trustList: string | null
  readonly deviceRate: RateLimit
  readonly networkRate: RateLimit
}

/** Settings of other parts of the product, which the gateway lets stand. */
const otherSettings = ['PIAOZAI_BROWSER', 'PIAOZAI_TEST_DATABASE_URL', 'PIAOZAI_TEST_INSTALL', 'PIAOZAI_SAMPLES']
/** Everything a gateway can be told by its environment. */
export const gatewaySettings = [
  'PORT',
  'HOST',
  'PIAOZAI_MAINTENANCE',
  'PIAOZAI_METRICS_TOKEN',
  'PIAOZAI_PROXIES',
  'PIAOZAI_DATA',
  'PIAOZAI_DATABASE_URL',
  'PIAOZAI_PUBLIC_URL',
  'PIAOZAI_SOURCES',
  'PIAOZAI_SIMULATED_AUTHORITY',
  ...sourceSettings,
  'PIAOZAI_CHANNELS',
  'PIAOZAI_STATUS_HOSTS',
  'PIAOZAI_ORIGINS',
  'PIAOZAI_PROBE_SECONDS',
  'PIAOZAI_ADMISSION_PER_SECOND',
  'PIAOZAI_KEYS',
  'PIAOZAI_RECEIPT_KEY_LIST',
  'PIAOZAI_TRUST_LIST',
]

/**
 * The configuration that an environment describes.
 * @throws {SettingError} on the first wrong, unknown or unsupported setting.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  refuseUnknown(env)
  const text = (name: string) => env[name]?.trim() || null
  const sources = readSources(text('PIAOZAI_SOURCES'))
  const simulatedAuthority = text('PIAOZAI_SIMULATED_AUTHORITY')
  if (sources.includes('simulated') && simulatedAuthority === null) {
    throw new SettingError('PIAOZAI_SOURCES names simulated, so PIAOZAI_SIMULATED_AUTHORITY must name its JSON file.')
  }
  const publicUrl = readOrigins('PIAOZAI_PUBLIC_URL', text('PIAOZAI_PUBLIC_URL'), 1)[0] ?? null
  const ownSources = readSourceSettings(env, sources)
  if (publicUrl !== null && [...ownSources.peers.values()].includes(publicUrl)) {
    throw new SettingError('PIAOZAI_PEERS names this gateway itself.')
  }
  return {
    port: readNumber('PORT', text('PORT') ?? '8080', { min: 0, max: 65_535, whole: true }),
    host: text('HOST') ?? '127.0.0.1',
    maintenance: readSwitch('PIAOZAI_MAINTENANCE', text('PIAOZAI_MAINTENANCE')),
    metricsToken: readToken('PIAOZAI_METRICS_TOKEN', text('PIAOZAI_METRICS_TOKEN')),
    proxies: readNetworks('PIAOZAI_PROXIES', text('PIAOZAI_PROXIES')),
    data: text('PIAOZAI_DATA') ?? './data',
    databaseUrl: readDatabaseUrl(text('PIAOZAI_DATABASE_URL')),
    publicUrl,
    sources,
    sourcesGiven: text('PIAOZAI_SOURCES') !== null,
    simulatedAuthority,
    sourceSettings: ownSources,
    channels: readOrigins('PIAOZAI_CHANNELS', text('PIAOZAI_CHANNELS')),
    statusHosts: readOrigins('PIAOZAI_STATUS_HOSTS', text('PIAOZAI_STATUS_HOSTS')),
    origins: readOrigins('PIAOZAI_ORIGINS', text('PIAOZAI_ORIGINS')),
    probeSeconds: readNumber('PIAOZAI_PROBE_SECONDS', text('PIAOZAI_PROBE_SECONDS') ?? '5', { min: 0.05, max: 3600, whole: false }),
    admissionPerSecond: readNumber('PIAOZAI_ADMISSION_PER_SECOND', text('PIAOZAI_ADMISSION_PER_SECOND') ?? '200', {
      min: 1,
      max: 100_000,
      whole: false,
    }),
    secret: readSecret(text('PIAOZAI_KEYS')),
    receiptKeyList: text('PIAOZAI_RECEIPT_KEY_LIST'),
    trustList: text('PIAOZAI_TRUST_LIST'),
    deviceRate: { perMinute: 60, burst: 100 },
    networkRate: { perMinute: 600, burst: 600 },
  }
}

function refuseUnknown(env: Readonly<Record<string, string | undefined>>): void {
  const known = new Set([...gatewaySettings, ...otherSettings])
  const unknown = Object.keys(env).find((name) => name.startsWith('PIAOZAI_') && !known.has(name))
  if (unknown) throw new SettingError(`${unknown} is no setting of this version: check its spelling or remove it.`)
}

function readNumber(name: string, text: string, { min, max, whole }: { min: number; max: number; whole: boolean }): number {
  const value = Number(text)
  const right = /^\d+(\.\d+)?$/.test(text) && value >= min && value <= max && (!whole || Number.isInteger(value))
  if (!right) throw new SettingError(`${name} is "${text}", but must be a ${whole ? 'whole ' : ''}number from ${min} to ${max}.`)
  return value
}

function readSwitch(name: string, text: string | null): boolean {
  if (text !== null && text !== '0' && text !== '1') throw new SettingError(`${name} is "${text}", but must be 1 or 0.`)
  return text === '1'
}

function readToken(name: string, text: string | null): string | null {
  // The value itself is a secret and stays out of the sentence.
  if (text !== null && !/^[\w.~+/=-]{16,200}$/.test(text)) throw new SettingError(`${name} must be 16 to 200 letters and digits.`)
  return text
}

function readNetworks(name: string, text: string | null): string[] {
  const parts = readList(text)
  const wrong = parts.find((part) => !isNetwork(part))
  if (wrong !== undefined) throw new SettingError(`${name} holds "${wrong}", which is no address or network such as 172.30.7.0/24.`)
  return parts
}

function readList(text: string | null): string[] {
  return (text ?? '').split(/[\s,]+/).filter((part) => part !== '')
}

function readSources(text: string | null): SourceId[] {
  const names = readList(text ?? 'registry')
  const wrong = names.find((name) => !isSourceId(name))
  if (wrong !== undefined) {
    throw new SettingError(`PIAOZAI_SOURCES names "${wrong}", but the sources of this version are ${sourceIds.join(', ')} and peer:<name>.`)
  }
  const ids = names.filter(isSourceId)
  if (new Set(ids).size < ids.length) throw new SettingError('PIAOZAI_SOURCES names a source twice.')
  return ids
}

function readOrigins(name: string, text: string | null, most = Infinity): string[] {
  const parts = readList(text)
  if (parts.length > most) throw new SettingError(`${name} must be one origin, such as https://piaozai.example.`)
  return parts.map((part) => {
    const url = URL.canParse(part) ? new URL(part) : null
    const isOrigin = url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`
    if (!isOrigin) throw new SettingError(`${name} holds "${part}", which is no origin such as https://piaozai.example.`)
    return url.origin
  })
}

function readDatabaseUrl(text: string | null): string | null {
  if (text === null) return null
  const url = URL.canParse(text) ? new URL(text) : null
  const isRight = url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1
  // The value holds a password and stays out of the sentence.
  if (!isRight) throw new SettingError('PIAOZAI_DATABASE_URL must be an address such as postgresql://user:password@host/database.')
  return text
}

function readSecret(text: string | null): Buffer | null {
  if (text === null) return null
  const secret = parseSecret(text)
  // The value itself is a secret and stays out of the sentence.
  if (!secret) throw new SettingError('PIAOZAI_KEYS must be 32 random bytes in base64url (43 characters).')
  return secret
}
