import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import type { Drawing, InvoiceForm, Opened } from '../../capture/index.ts'
import { useFileKeeper } from './keeper.ts'
import { familiesOf } from '../original/families.ts'
import type { Supplies } from '../original/svg.ts'
import type { PdfFault, PdfFile, Viewer } from '../original/viewer.ts'

/** Why an original is not shown as it looks. */
export type NotShown = 'no-reader' | 'late' | 'archive' | 'lost' | 'encrypted' | 'damaged' | 'limit' | 'unknown'

/** An original on its way to the eye. */
export type OriginalState =
  | { readonly is: 'loading' }
  | { readonly is: 'drawn'; readonly drawing: Drawing; readonly supplies: Supplies; readonly partly: boolean }
  | { readonly is: 'pdf'; readonly file: PdfFile }
  | { readonly is: 'picture'; readonly url: string }
  | { readonly is: 'form'; readonly forms: readonly InvoiceForm[] }
  | { readonly is: 'not'; readonly why: NotShown }

/** Which original is wanted, and of which invoice. */
export interface WantedOriginal {
  readonly sha256: string
  readonly code: string | null
  readonly number: string | null
}

/** Problem codes by which a file is told to be too much, locked or of another kind; the others are damage. */
const reasons: Readonly<Record<string, NotShown>> = {
  'file-encrypted': 'encrypted',
  'package-encrypted': 'encrypted',
  'file-too-large': 'limit',
  'package-bomb': 'limit',
  'package-limit': 'limit',
  'package-size': 'limit',
  'xml-limit': 'limit',
  deadline: 'late',
  'format-unknown': 'unknown',
  'format-unsupported': 'unknown',
}

/** Opens an original anew whenever another one is wanted, and gives back what the last one held. Nothing is opened while none is wanted. */
export function useOriginal(wanted: () => WantedOriginal | null, viewer: Viewer) {
  const keeper = useFileKeeper()
  const state = shallowRef<OriginalState>({ is: 'loading' })
  const releases: (() => void)[] = []
  let under: AbortController | null = null
  let names = 0

  watch(wanted, (one, before) => {
    if (one?.sha256 !== before?.sha256) void open(one)
  }, { immediate: true }) // prettier-ignore
  onScopeDispose(close)

  function close(): void {
    under?.abort()
    for (const release of releases.splice(0)) release()
  }

  async function open(one: WantedOriginal | null): Promise<void> {
    close()
    state.value = { is: 'loading' }
    if (!one) return
    const mine = new AbortController()
    under = mine
    // What is ready too late is given back at once.
    const hold = (release: () => void) => (mine.signal.aborted ? release() : releases.push(release))
    const next = await opened(one, mine.signal, hold).catch((): OriginalState => ({ is: 'not', why: 'damaged' }))
    if (!mine.signal.aborted) state.value = next
  }

  async function opened(
    { sha256, code, number }: WantedOriginal,
    signal: AbortSignal,
    hold: (release: () => void) => void,
  ): Promise<OriginalState> {
    const original = await keeper.original(sha256).catch(() => null)
    if (!original) return { is: 'not', why: 'lost' }
    return shown(await viewer.show(original.bytes, { code, number }, signal), hold)
  }

  async function shown(one: Opened, hold: (release: () => void) => void): Promise<OriginalState> {
    switch (one.is) {
      case 'drawn': {
        const pictures = one.drawing.pictures.map((picture) => picture && addressOf(picture.bytes, picture.type, hold))
        const { families, release } = await familiesOf(one.drawing.faces, viewer.fonts, `original-${names++}`)
        hold(release)
        const partly = one.problems.some(({ code }) => !harmless.has(code))
        return { is: 'drawn', drawing: one.drawing, supplies: { pictures, families }, partly }
      }
      case 'pdf': {
        const file: PdfFile | PdfFault = await viewer.openPdf(one.bytes)
        if (typeof file === 'string') return { is: 'not', why: file }
        hold(() => file.close())
        return { is: 'pdf', file }
      }
      case 'picture':
        return { is: 'picture', url: addressOf(one.bytes, one.type, hold) }
      case 'form':
        return one
      case 'refused':
        return { is: 'not', why: reasons[one.problem.code] ?? 'damaged' }
      case 'archive':
      case 'late':
      case 'no-reader':
        return { is: 'not', why: one.is }
    }
  }

  /** What a picture showed that the browser cannot decode. */
  function spoilt(): void {
    state.value = { is: 'not', why: 'damaged' }
  }
  return { state: state as Readonly<ShallowRef<OriginalState>>, spoilt }
}

/** A package that names signatures it does not hold looks the same. */
const harmless = new Set(['part-missing'])

function addressOf(bytes: Uint8Array, type: string, hold: (release: () => void) => void): string {
  const url = URL.createObjectURL(new Blob([bytes.slice()], { type }))
  hold(() => URL.revokeObjectURL(url))
  return url
}
