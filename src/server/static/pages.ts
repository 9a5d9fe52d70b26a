import type { Incoming } from '../http/incoming.ts'
import type { Reply } from '../http/reply.ts'
import { headersDigest, securityHeaders, type HeaderSettings } from './headers.ts'
import { readStaticFiles } from './files.ts'
import { respond } from './respond.ts'
import { workerWith } from './worker.ts'

/** Answers with the built app, or null for what is no page of it. */
export type Pages = (incoming: Incoming) => Reply | null

/** Answered by the gateway itself or by nobody: never with the app's page, whatever a browser would make of it. */
const notPages = /^(?!\/)|^\/(api|\.well-known|assets|icons)\/|^\/(healthz|readyz|metrics|status\.json)$|\.\w{1,12}$/

/**
 * Serves the built PWA from memory. Any path that can be a page is answered with the one document, whose script knows the pages.
 * @param folder what `npm run build` made (dist/app). @throws when nothing was built there.
 */
export function appPages(folder: string, settings: HeaderSettings): Pages {
  const files = new Map(readStaticFiles(folder))
  const document = files.get('/index.html')
  const worker = files.get('/sw.js')
  if (!document || !worker) throw new Error(`there is no built app in ${folder}: npm run build makes it`)
  files.set('/sw.js', workerWith(headersDigest(securityHeaders(settings)), worker))

  return (incoming) => {
    const { method, path } = incoming
    const file = files.get(path) ?? (notPages.test(path) ? undefined : document)
    return file && (method === 'GET' || method === 'HEAD') ? respond(file, incoming) : null
  }
}
