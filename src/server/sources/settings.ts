import { isKind, type Kind } from '../../domain/index.ts'
import { SettingError } from '../setting-error.ts'
import { isPeerId, isSourceId, type PeerId, type SourceId } from './ids.ts'
import type { AliyunKey } from './vendors/aliyun-sign.ts'
import type { BaiduKey } from './vendors/baidu-token.ts'
import type { TencentKey } from './vendors/tencent-sign.ts'

/** What an operator says of the sources besides their order. */
export interface SourceSettings {
  readonly tencent: TencentKey | null
  readonly aliyun: AliyunKey | null
  readonly baidu: BaiduKey | null
  /** Origins of other gateways. */
  readonly peers: ReadonlyMap<PeerId, string>
  /** Calls a source may be asked a day (Asia/Shanghai). */
  readonly budgets: ReadonlyMap<SourceId, number>
  /** Yuan a call that was answered costs. */
  readonly prices: ReadonlyMap<SourceId, number>
  /** For kinds that have one: the only sources that are asked, in this order. */
  readonly policy: ReadonlyMap<Kind, readonly SourceId[]>
}

type Env = Readonly<Record<string, string | undefined>>

/** The settings this file reads. */
export const sourceSettings = [
  'PIAOZAI_TENCENT_SECRET_ID',
  'PIAOZAI_TENCENT_SECRET_KEY',
  'PIAOZAI_ALIYUN_ACCESS_KEY_ID',
  'PIAOZAI_ALIYUN_ACCESS_KEY_SECRET',
  'PIAOZAI_BAIDU_API_KEY',
  'PIAOZAI_BAIDU_SECRET_KEY',
  'PIAOZAI_PEERS',
  'PIAOZAI_BUDGETS',
  'PIAOZAI_PRICES',
  'PIAOZAI_POLICY',
] as const
type Name = (typeof sourceSettings)[number]

/**
 * The settings of the sources that an environment describes.
 * @throws {SettingError} on the first wrong one, and when a source is named whose key or address is missing.
 */
export function readSourceSettings(env: Env, sources: readonly SourceId[]): SourceSettings {
  const text = (name: Name) => env[name]?.trim() || null
  const pair = (vendor: SourceId, one: Name, other: Name) => {
    const values = [readKey(one, text(one)), readKey(other, text(other))] as const
    const [id, key] = values
    if (id !== null && key !== null) return { id, key }
    if (id !== null || key !== null) throw new SettingError(`${one} and ${other} belong together: set both or none.`)
    if (sources.includes(vendor)) throw new SettingError(`PIAOZAI_SOURCES names ${vendor}, so ${one} and ${other} must be set.`)
    return null
  }
  const tencent = pair('tencent', 'PIAOZAI_TENCENT_SECRET_ID', 'PIAOZAI_TENCENT_SECRET_KEY')
  const aliyun = pair('aliyun', 'PIAOZAI_ALIYUN_ACCESS_KEY_ID', 'PIAOZAI_ALIYUN_ACCESS_KEY_SECRET')
  const baidu = pair('baidu', 'PIAOZAI_BAIDU_API_KEY', 'PIAOZAI_BAIDU_SECRET_KEY')
  const peers = readPeers(text('PIAOZAI_PEERS'))
  const lost = sources.find((id) => isPeerId(id) && !peers.has(id))
  if (lost !== undefined) throw new SettingError(`PIAOZAI_SOURCES names ${lost}, so PIAOZAI_PEERS must say where it is.`)
  return {
    tencent: tencent && { secretId: tencent.id, secretKey: tencent.key },
    aliyun: aliyun && { keyId: aliyun.id, keySecret: aliyun.key },
    baidu: baidu && { apiKey: baidu.id, secretKey: baidu.key },
    peers,
    budgets: readAmounts(
      'PIAOZAI_BUDGETS',
      text('PIAOZAI_BUDGETS'),
      sources.filter(isCounted),
      /^\d{1,9}$/,
      'a whole number of calls a day',
    ),
    prices: readAmounts('PIAOZAI_PRICES', text('PIAOZAI_PRICES'), sources.filter(isCounted), /^\d{1,4}(\.\d{1,4})?$/, 'yuan a call'),
    policy: readPolicy(text('PIAOZAI_POLICY'), sources),
  }
}

/** Sources whose calls are written down. Own records cost nothing, and another gateway counts by itself. */
function isCounted(id: SourceId): boolean {
  return id !== 'registry' && id !== 'demo' && !isPeerId(id)
}

function readKey(name: Name, value: string | null): string | null {
  if (value === null || /^[A-Za-z0-9]{8,128}$/.test(value)) return value
  // The value itself is a secret and stays out of the sentence.
  throw new SettingError(`${name} must be the key as the vendor shows it: 8 to 128 letters and digits.`)
}

/** The entries of `a=b, c=d`. @throws {SettingError} */
function entries(name: Name, text: string | null, example: string): [string, string][] {
  const parts = (text ?? '').split(/[\s,]+/).filter((part) => part !== '')
  return parts.map((part) => {
    const [key = '', value = '', ...rest] = part.split('=')
    if (key === '' || value === '' || rest.length > 0)
      throw new SettingError(`${name} holds "${part}", but must be a list such as ${example}.`)
    return [key, value]
  })
}

function readPeers(text: string | null): Map<PeerId, string> {
  const peers = new Map<PeerId, string>()
  for (const [name, address] of entries('PIAOZAI_PEERS', text, 'north=https://piaozai.example')) {
    const id = `peer:${name}`
    if (!isPeerId(id)) throw new SettingError(`PIAOZAI_PEERS names "${name}", but a name is 1 to 20 small letters, digits and hyphens.`)
    const url = URL.canParse(address) ? new URL(address) : null
    const isOrigin = url !== null && url.protocol === 'https:' && url.href === `${url.origin}/`
    if (!isOrigin) throw new SettingError(`PIAOZAI_PEERS holds "${address}", which is no origin such as https://piaozai.example.`)
    peers.set(id, url.origin)
  }
  return peers
}

function readAmounts(name: Name, text: string | null, sources: readonly SourceId[], form: RegExp, what: string): Map<SourceId, number> {
  const amounts = new Map<SourceId, number>()
  for (const [id, amount] of entries(name, text, 'tencent=500')) {
    if (!isSourceId(id) || !sources.includes(id))
      throw new SettingError(`${name} names "${id}", which is no source whose calls are counted, or PIAOZAI_SOURCES does not name it.`)
    if (!form.test(amount)) throw new SettingError(`${name} says "${amount}" for ${id}, but must say ${what}.`)
    amounts.set(id, Number(amount))
  }
  return amounts
}

function readPolicy(text: string | null, sources: readonly SourceId[]): Map<Kind, SourceId[]> {
  const policy = new Map<Kind, SourceId[]>()
  for (const [kind, list] of entries('PIAOZAI_POLICY', text, 'fiscal=tencent rail=aliyun+baidu')) {
    if (!isKind(kind)) throw new SettingError(`PIAOZAI_POLICY names "${kind}", which is no kind of invoice.`)
    const order = list.split('+')
    const lost = order.find((id) => !isSourceId(id) || !sources.includes(id))
    if (lost !== undefined) throw new SettingError(`PIAOZAI_POLICY names "${lost}" for ${kind}, which PIAOZAI_SOURCES does not.`)
    policy.set(kind, order.filter(isSourceId))
  }
  return policy
}
