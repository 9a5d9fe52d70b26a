import { cacheForOffline } from './precache.ts'
import { drainOnSync } from './drain.ts'
import { obeyMessages } from './messages.ts'
import { takeShares } from './share.ts'

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: (string | { url: string; revision: string | null })[] }

const precache = cacheForOffline(self, self.__WB_MANIFEST)
drainOnSync(self)
takeShares()
obeyMessages(self, precache)
