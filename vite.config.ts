import { readFileSync } from 'node:fs'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type PluginOption } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { everyAssetIsAccountedFor } from './src/app/build/assets.node.ts'
import { compressed } from './src/app/build/compress.node.ts'
import { icons } from './src/app/build/icons.node.ts'
import { lazyAssets } from './src/app/build/lazy.node.ts'
import { manifest } from './src/app/build/manifest.node.ts'
import { headersInRevision } from './src/app/build/revision.node.ts'
import { prerenderedShell } from './src/app/build/shell.node.ts'

/**
 * `vite build` makes the PWA in dist/app; `vite build --mode gateway` the gateway and the command line in dist/cli, dist/server, …,
 * one file for each source file, so that a stack trace reads like the source; dependencies stay packages.
 */
export default defineConfig(({ mode }) => (mode === 'gateway' ? gateway : app()))

const quietRooms = /\/src\/(domain|formats|authenticity|wallet|channels|outbox|reference|capture)\//

const gateway = {
  publicDir: false as const,
  build: {
    ssr: true,
    target: 'node22',
    outDir: 'dist',
    emptyOutDir: true,
    minify: false,
    rolldownOptions: {
      input: { 'cli/main': 'src/cli/main.ts' },
      output: { preserveModules: true, preserveModulesRoot: 'src', entryFileNames: '[name].js' },
    },
  },
}

function app() {
  const precached = new Set<string>()
  const pwa = VitePWA({
    strategies: 'injectManifest',
    srcDir: 'src/sw',
    filename: 'sw.ts',
    injectRegister: false,
    manifest,
    manifestFilename: 'manifest.webmanifest',
    includeManifestIcons: false,
    injectManifest: {
      // A classic script in one piece: workers cannot import later, and Vite's helper for pages would not even parse in one.
      rollupFormat: 'iife',
      globPatterns: ['**/*'],
      globIgnores: ['**/*.{br,gz}', 'sw.js', ...Object.keys(lazyAssets)],
      maximumFileSizeToCacheInBytes: 4 * 1024 * 1024,
      dontCacheBustURLsMatching: /^assets\//,
      manifestTransforms: [headersInRevision, remember(precached)],
    },
  })
  const plugins: PluginOption[] = [vue(), prerenderedShell(), icons(), pwa, everyAssetIsAccountedFor(precached), compressed()]
  return {
    plugins,
    resolve: {
      // Its package names a UMD build with a check against a second copy; there is one copy here, and the modern build is smaller.
      alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }],
    },
    build: {
      outDir: 'dist/app',
      emptyOutDir: true,
      target: ['chrome107', 'safari16', 'firefox115'],
      assetsInlineLimit: 0,
      // Loading a file of these rooms does nothing by itself; so a page that needs one function of a door does not bring the whole room along.
      rolldownOptions: { treeshake: { moduleSideEffects: [{ test: quietRooms, sideEffects: false }] } },
      // Browsers that run this app preload modules themselves; the polyfill would be an extra script.
      modulePreload: { polyfill: false },
    },
    worker: { format: 'es' as const },
    define: { __VUE_OPTIONS_API__: 'false', __VERSION__: JSON.stringify(version()) },
  }
}

/** The version of package.json, for the page that says it. */
function version(): string {
  return (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version
}

/** Notes what the precache really holds, for the check after it. */
function remember(precached: Set<string>) {
  return (entries: { url: string; revision: string | null; size: number }[]) => {
    for (const { url } of entries) precached.add(url)
    return { manifest: entries, warnings: [] }
  }
}
