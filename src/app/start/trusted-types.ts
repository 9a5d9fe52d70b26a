interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string | null }): unknown
}

/** May a script be started from this address? Only the service worker and the app's own built scripts may. */
export function isOwnScript(url: string, base: string, development = false): boolean {
  const page = new URL(base)
  const { origin, pathname, search, hash } = new URL(url, page)
  if (origin !== page.origin || hash !== '') return false
  if (development) return true
  return search === '' && (pathname === '/sw.js' || /^\/assets\/[\w.-]+\.js$/.test(pathname))
}

/**
 * Installs the one policy the page has (Trusted Types, W3C): it is asked when a script address is given as a string, as
 * `serviceWorker.register` and `new Worker` do. It has no rule for HTML or script text, so the browser refuses those.
 * Browsers without Trusted Types are left as they are.
 */
export function installScriptPolicy(scope: { trustedTypes?: PolicyFactory; location: { href: string } }, development = false): void {
  scope.trustedTypes?.createPolicy('default', {
    createScriptURL: (url) => (isOwnScript(url, scope.location.href, development) ? url : null),
  })
}
