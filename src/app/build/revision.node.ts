interface Entry {
  url: string
  revision: string | null
  size: number
}

/**
 * Stands in the built sw.js for the digest of the response headers; the gateway puts it in when it serves the worker.
 * A precached document keeps the headers it was stored with, so a changed CSP has to change the revision of everything
 * that carries a policy of its own: pages and worker scripts.
 */
export const headersPlaceholder = '__HEADERS_DIGEST__'

/** Adds the placeholder to the revision of pages and worker scripts. */
export function headersInRevision(entries: Entry[]): { manifest: Entry[]; warnings: string[] } {
  const manifest = entries.map((entry) =>
    /\.html$|worker[^/]*\.js$/.test(entry.url) ? { ...entry, revision: `${entry.revision ?? ''}${headersPlaceholder}` } : entry,
  )
  return { manifest, warnings: [] }
}
