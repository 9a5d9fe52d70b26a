/**
 * Built files that are not kept for offline on purpose: a glob in dist/app, and why the app works without it.
 * Everything else is precached; the build fails when a file is neither.
 */
export const lazyAssets: Readonly<Record<string, string>> = {
  'robots.txt': 'read by crawlers, never by the app',
}
