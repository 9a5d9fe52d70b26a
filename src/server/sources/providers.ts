import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Store } from '../store/store.ts'
import { demoSource } from './demo.ts'
import type { SourceId } from './ids.ts'
import { registrySource } from './registry.ts'
import { simulatedSource } from './simulated.ts'
import type { Source } from './source.ts'

/** What a source may need. */
export interface SourceNeeds {
  readonly config: Config
  readonly store: Store
  readonly clock: Clock
}

/** Every source of this version. */
const providers = {
  registry: ({ store, clock }) => registrySource(store, clock),
  demo: () => demoSource,
  simulated: ({ config, clock }) => simulatedSource(config.simulatedAuthority ?? '', clock),
} as const satisfies Record<SourceId, (needs: SourceNeeds) => Source>

/** The configured sources, in the order they are asked. */
export function sourcesOf(needs: SourceNeeds): Source[] {
  return needs.config.sources.map((id) => providers[id](needs))
}
