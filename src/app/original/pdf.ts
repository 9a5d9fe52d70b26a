import type { PDFPageProxy } from 'pdfjs-dist'
import { maxPixels, type PdfFault, type PdfFile } from './viewer.ts'

/** What pdf.js is given by the page. */
export interface PdfParts {
  /** Makes the worker of pdf.js; the app's own, because it passes through Trusted Types. */
  readonly startWorker: () => Worker
  /** The bytes of one of pdf.js's own data files, such as `UniGB-UCS2-H.bcmap`. Rejects when it is not there. */
  readonly data: (name: string) => Promise<Uint8Array>
}

/** A page larger than this is no page. Points: 5 m. */
const largest = 14_400
const mostPages = 500

/** Opens a PDF with pdf.js, which comes with the first one: no scripts, no forms, no addresses, nothing from a network. */
export async function openPdf(bytes: Uint8Array<ArrayBuffer>, { startWorker, data }: PdfParts): Promise<PdfFile | PdfFault> {
  const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs').catch(() => null)
  if (!pdfjs) return 'no-reader'
  const port = startWorker()
  const worker = pdfjs.PDFWorker.create({ port })
  const task = pdfjs.getDocument({
    data: bytes,
    worker,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
    isEvalSupported: false,
    enableXfa: false,
    useWasm: false,
    useWorkerFetch: false,
    disableAutoFetch: true,
    maxImageSize: 40_000_000,
    canvasMaxAreaInBytes: maxPixels * 4,
    BinaryDataFactory: class {
      fetch({ filename }: { filename: string }): Promise<Uint8Array> {
        return data(filename)
      }
    },
  })
  const close = () => {
    void task.destroy().catch(() => undefined)
    port.terminate()
  }
  try {
    const document = await Promise.race([task.promise, died(port)])
    const pages: PDFPageProxy[] = []
    for (let number = 1; number <= Math.min(document.numPages, mostPages); number++) pages.push(await document.getPage(number))
    return {
      pages: pages.map((page) => clamped(page.getViewport({ scale: 1 }))),
      close,
      async draw(index, canvas, width, signal) {
        const page = pages[index]
        if (!page) throw new Error('There is no such page')
        const natural = page.getViewport({ scale: 1 })
        const wanted = width / natural.width
        const scale = Math.min(wanted, Math.sqrt(maxPixels / (natural.width * natural.height)))
        const viewport = page.getViewport({ scale })
        canvas.width = Math.max(1, Math.floor(viewport.width))
        canvas.height = Math.max(1, Math.floor(viewport.height))
        const drawing = page.render({ canvas, viewport })
        signal.addEventListener('abort', () => drawing.cancel(), { once: true })
        await drawing.promise
      },
    }
  } catch (error) {
    close()
    const name = error instanceof Error ? error.name : ''
    return name === 'PasswordException' ? 'encrypted' : name === 'WorkerDied' ? 'no-reader' : 'damaged'
  }
}

/** Rejects when the worker cannot be loaded, or ends. */
function died(port: Worker): Promise<never> {
  return new Promise((_, reject) => {
    port.addEventListener('error', (event) => {
      event.preventDefault()
      reject(Object.assign(new Error('The worker ended'), { name: 'WorkerDied' }))
    })
  })
}

function clamped({ width, height }: { readonly width: number; readonly height: number }) {
  const usable = (length: number) => Math.min(largest, Math.max(1, length))
  return { width: usable(width), height: usable(height) }
}
