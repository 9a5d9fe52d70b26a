import { inject, type InjectionKey } from 'vue'
import type { ShowOriginal } from '../../capture/index.ts'
import type { FontShelf } from './families.ts'

/** A PDF opened to be looked at. Sizes are points, 1/72 inch. */
export interface PdfFile {
  readonly pages: readonly { readonly width: number; readonly height: number }[]
  /**
   * Draws a page, from 0, so many pixels wide as it may be: at most {@link maxPixels} in all.
   * Rejects when it is damaged, or with the reason of its signal.
   */
  draw(page: number, canvas: HTMLCanvasElement, width: number, signal: AbortSignal): Promise<void>
  close(): void
}

/** Why a PDF cannot be shown: `no-reader` says nothing of the file. */
export type PdfFault = 'encrypted' | 'damaged' | 'no-reader'

/** What the page of an original gets from outside. It comes with that page, not with the app. */
export interface Viewer {
  readonly show: ShowOriginal
  readonly openPdf: (bytes: Uint8Array<ArrayBuffer>) => Promise<PdfFile | PdfFault>
  readonly fonts: FontShelf | null
  readonly print: () => void
}

/** Pixels of one page: 16 MB of memory, and sharp at three times a phone's width. */
export const maxPixels = 4_000_000

export const viewerKey: InjectionKey<Viewer> = Symbol('viewer')

/** The viewer of the tests, else the real one. */
export function useViewer(real: () => Viewer): Viewer {
  return inject(viewerKey, real, true)
}
