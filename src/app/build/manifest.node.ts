import type { ManifestOptions } from 'vite-plugin-pwa'

const paper = '#FBFAF7'

/** What a phone needs to install the app. The icons are drawn by {@link file://./icons.node.ts}. */
export const manifest: Partial<ManifestOptions> = {
  id: '/',
  name: '票在',
  short_name: '票在',
  description: '发票收在这台设备上，没有网络也能收、能看，能问的时候自动去问',
  lang: 'zh-CN',
  dir: 'ltr',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  background_color: paper,
  theme_color: paper,
  categories: ['finance', 'productivity', 'utilities'],
  icons: [
    { src: '/icons/192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
    { src: '/icons/512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
    { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
  shortcuts: [{ name: '扫一扫', url: '/scan', icons: [{ src: '/icons/scan-192.png', sizes: '192x192', type: 'image/png' }] }],
}
