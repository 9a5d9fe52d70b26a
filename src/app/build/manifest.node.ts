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
  // The worker takes what is shared (src/sw/share.ts). Types and extensions both: systems know one or the other.
  share_target: {
    action: '/share',
    method: 'POST',
    enctype: 'multipart/form-data',
    params: {
      title: 'title',
      text: 'text',
      url: 'url',
      files: [
        {
          name: 'files',
          accept: [
            'application/pdf',
            'application/ofd',
            'application/xml',
            'text/xml',
            'text/plain',
            'application/zip',
            'image/*',
            '.ofd',
            '.pdf',
            '.xml',
            '.zip',
          ],
        },
      ],
    },
  },
  file_handlers: [
    {
      action: '/add?way=file',
      accept: { 'application/pdf': ['.pdf'], 'application/ofd': ['.ofd'], 'application/xml': ['.xml'], 'text/xml': ['.xml'] },
    },
  ],
  launch_handler: { client_mode: ['navigate-existing', 'auto'] },
  shortcuts: [{ name: '扫一扫', url: '/scan', icons: [{ src: '/icons/scan-192.png', sizes: '192x192', type: 'image/png' }] }],
}
