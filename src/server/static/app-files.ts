import type { MiddlewareHandler } from 'hono'
import { headersDigest, type Headers } from './headers.ts'
import { readStaticFiles } from './files.ts'
import { respond } from './respond.ts'
import { workerWith } from './worker.ts'

/** Answered by the gateway itself or by nobody: never with the app's page, whatever a browser would make of it. */
const notPages = /^\/(api|\.well-known|assets|icons)\/|^\/(healthz|readyz|metrics|status\.json)$|\.\w{1,12}$/

/**
 * Serves the built PWA from memory. Any path that can be a page is answered with the one document, whose script knows the pages.
 * Everything else is passed on. Mount it after the routes of the API.
 */
export function appFiles(folder: string, headers: Headers): MiddlewareHandler {
  const files = new Map(readStaticFiles(folder))
  const worker = files.get('/sw.js')
  if (worker) files.set('/sw.js', workerWith(headersDigest(headers), worker))
  const document = files.get('/index.html')

  return async (context, next) => {
    const { method, path } = context.req
    const file = files.get(path) ?? (document && !notPages.test(path) ? document : undefined)
    if (file === undefined || (method !== 'GET' && method !== 'HEAD')) return next()
    return respond(file, context.req.raw)
  }
}
