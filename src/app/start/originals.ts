import { createShowOriginal } from '../../capture/index.ts'
import type { Viewer } from '../original/viewer.ts'

/** The character maps of Chinese PDFs that name a font without bringing it. They are small, and kept for offline like everything else here. */
const characterMaps: Readonly<Record<string, string>> = import.meta.glob(
  ['/node_modules/pdfjs-dist/cmaps/{UniGB-*,GBK*,GB-EUC-*,GBpc-EUC-*,Adobe-GB1-UCS2}.bcmap', '!**/*UTF8*', '!**/*UTF32*'],
  { query: '?url', import: 'default', eager: true },
)

/** The real viewer. Vite finds the workers by these very expressions; the page's script policy lets them start. */
export const viewer: Viewer = {
  show: createShowOriginal(() => new Worker(new URL('../../formats/show/show.worker.ts', import.meta.url), { type: 'module' })),
  async openPdf(bytes) {
    const { openPdf } = await import('../original/pdf.ts')
    return openPdf(bytes, {
      startWorker: () => new Worker(new URL('../../formats/show/pdf.worker.ts', import.meta.url), { type: 'module' }),
      async data(name) {
        const address = Object.entries(characterMaps).find(([path]) => path.endsWith(`/${name}`))?.[1]
        if (address === undefined) throw new Error('It is not kept')
        const response = await fetch(address)
        if (!response.ok) throw new Error('It is not there')
        return new Uint8Array(await response.arrayBuffer())
      },
    })
  },
  fonts: typeof FontFace === 'function' ? { make: (family, file) => new FontFace(family, file), shelf: document.fonts } : null,
  print: () => window.print(),
}
