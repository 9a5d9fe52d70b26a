import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Egress } from '../egress/egress.ts'
import type { Random } from '../random.ts'
import type { Store } from '../store/store.ts'
import { demoSource } from './demo.ts'
import { isPeerId, type SourceId } from './ids.ts'
import { peerSource } from './peer/source.ts'
import { registrySource } from './registry.ts'
import { simulatedSource } from './simulated.ts'
import type { Source } from './source.ts'
import { aliyunOrigin, aliyunSource } from './vendors/aliyun.ts'
import { baiduOrigin, baiduSource } from './vendors/baidu.ts'
import { tencentOrigin, tencentSource } from './vendors/tencent.ts'

/** What a source may need. */
export interface SourceNeeds {
  readonly config: Config
  readonly store: Store
  readonly clock: Clock
  readonly random: Random
  readonly egress: Egress
}

/** Every source of this version but other gateways. */
const providers = {
  registry: ({ store, clock }) => registrySource(store, clock),
  demo: () => demoSource,
  simulated: ({ config, clock }) => simulatedSource(config.simulatedAuthority ?? '', clock),
  tencent: ({ config, egress, clock }) =>
    tencentSource({ key: given(config.sourceSettings.tencent), send: egress([tencentOrigin]), clock }),
  aliyun: ({ config, egress, clock, random }) =>
    aliyunSource({ key: given(config.sourceSettings.aliyun), send: egress([aliyunOrigin]), clock, random }),
  baidu: ({ config, egress, clock }) => baiduSource({ key: given(config.sourceSettings.baidu), send: egress([baiduOrigin]), clock }),
} as const satisfies Record<Exclude<SourceId, `peer:${string}`>, (needs: SourceNeeds) => Source>

/** The configured sources, in the order they are asked. */
export function sourcesOf(needs: SourceNeeds): Source[] {
  return needs.config.sources.map((id) => {
    if (!isPeerId(id)) return providers[id](needs)
    const origin = given(needs.config.sourceSettings.peers.get(id) ?? null)
    return peerSource({ id, origin, send: needs.egress([origin]), clock: needs.clock, random: needs.random })
  })
}

/** What the configuration has made sure of. */
function given<T>(value: T | null): T {
  if (value === null) throw new Error('the configuration was not read by readConfig')
  return value
}
