import { computed, ref, shallowRef } from 'vue'
import { captureAll, captureKept, captureText, captureTexts, keepEach, readText, type Captured } from '../../capture/index.ts'
import type { Draft, Fen, Instant, Kind } from '../../domain/index.ts'
import { WalletError, type Original, type Way, type WalletFault } from '../../wallet/index.ts'
import { useDeps } from '../deps.ts'
import { useFileKeeper } from './keeper.ts'
import { notInvoice, type NotInvoice } from '../scan/not-invoice.ts'

/** One invoice of this session: what came of its capture, and enough of it to say it aloud. */
export interface Kept {
  readonly captured: Captured
  readonly at: Instant
  readonly kind: Kind
  readonly number: string | null
  readonly amount: Fen | null
}

/** What could not be taken, most of all what to do about it. */
export type IntakeNotice =
  | { readonly is: 'not-invoice'; readonly what: NotInvoice }
  | { readonly is: 'picture'; readonly fault: 'nothing' | 'unreadable' | 'too-large' | 'document'; readonly name: string }
  | { readonly is: 'reader-failed' }
  | { readonly is: 'not-kept'; readonly fault: WalletFault | null }

/** Lines that are kept in one commit. */
const linesTogether = 32
/** Larger files are no photos; reading them whole would only exhaust the phone. */
const largestFile = 60 * 1024 * 1024

/**
 * Takes invoices from camera, pictures and text into the wallet, one after the other, and remembers what this visit brought.
 * Everything is on disk before it appears in `kept`.
 */
export function useIntake() {
  const deps = useDeps()
  const keeper = useFileKeeper()
  const kept = shallowRef<readonly Kept[]>([])
  const notice = shallowRef<IntakeNotice | null>(null)
  const reading = ref<{ readonly at: number; readonly of: number } | null>(null)

  const sum = computed(() => kept.value.reduce((fen, one) => fen + (one.amount ?? 0), 0))

  function keep(captured: readonly Captured[]): void {
    // The same invoice again comes to the front and is not counted twice.
    const fresh = new Map(captured.map((one) => [one.entryId, keptOf(one)]))
    kept.value = [...[...fresh.values()].toReversed(), ...kept.value.filter(({ captured: { entryId } }) => !fresh.has(entryId))]
    if (captured.length > 0) notice.value = null
  }

  function keptOf(captured: Captured): Kept {
    const { kind, number, amount, amountExTax } = captured.invoice
    return { captured, at: deps.clock.now(), kind, number, amount: amount ?? amountExTax }
  }

  /** Runs a capture; what it throws becomes a sentence. Returns how many invoices it brought. */
  async function taking(work: () => Promise<readonly Captured[]>): Promise<number> {
    try {
      const captured = await work()
      keep(captured)
      return captured.length
    } catch (error) {
      notice.value = { is: 'not-kept', fault: error instanceof WalletError ? error.fault : null }
      return -1
    }
  }

  /** Takes the invoices in a text. Says what the text is when there is none in it. */
  async function takeText(text: string, way: Way): Promise<number> {
    const count = await taking(() => captureText(deps, text, way))
    if (count === 0) notice.value = { is: 'not-invoice', what: notInvoice(text) }
    return count
  }

  /**
   * Takes the lines of a list, a few in each commit: a thousand are pasted at once.
   * @returns the lines that no invoice came of; with the notice `not-kept` also those that could not be kept any more.
   */
  async function takeLines(lines: readonly string[]): Promise<readonly string[]> {
    const left: string[] = []
    for (let at = 0; at < lines.length; at += linesTogether) {
      const some = lines.slice(at, at + linesTogether)
      if (lines.length > linesTogether) reading.value = { at: at + 1, of: lines.length }
      let of: readonly (readonly Captured[])[] = []
      const count = await taking(async () => (of = await captureTexts(deps, some, 'paste')).flat())
      if (count < 0) left.push(...lines.slice(at))
      if (count < 0) break
      left.push(...some.filter((_, index) => of[index]?.length === 0))
    }
    reading.value = null
    return left
  }

  /** Takes every code of a frame; other codes beside an invoice's are left alone. */
  async function takeCodes(texts: readonly string[]): Promise<number> {
    let count = 0
    for (const text of texts) {
      const taken = await taking(() => captureText(deps, text, 'camera'))
      if (taken < 0) return taken
      count += taken
    }
    const [first] = texts
    if (count === 0 && first !== undefined) notice.value = { is: 'not-invoice', what: notInvoice(first) }
    return count
  }

  /** Takes the codes in pictures, in order. The picture is kept with its invoice. Stops only when nothing can be kept. */
  async function takeFiles(files: readonly File[]): Promise<void> {
    for (const [index, file] of files.entries()) {
      reading.value = { at: index + 1, of: files.length }
      if ((await takeFile(file)) < 0) break
    }
    reading.value = null
  }

  async function takeFile(file: File): Promise<number> {
    const { name } = file
    if (file.size > largestFile) return say({ is: 'picture', fault: 'too-large', name })
    if (!isPicture(file)) return say({ is: 'picture', fault: 'document', name })
    const seen = await deps.pictures.picture(file)
    if (!seen.ok) return say(seen.fault === 'no-reader' ? { is: 'reader-failed' } : { is: 'picture', fault: seen.fault, name })
    const drafts = seen.codes.flatMap(({ text }) => readText(text))
    const [first] = seen.codes
    if (drafts.length === 0) {
      return say(first ? { is: 'not-invoice', what: notInvoice(first.text) } : { is: 'picture', fault: 'nothing', name })
    }
    const opened = await keeper.open(file)
    if (opened === null) return say({ is: 'picture', fault: 'unreadable', name })
    return taking(() => captureWith(drafts, file, opened))
  }

  /** The photo is kept first, and by the worker: writing 5 MB would hold the page up. Without room for it the invoice is kept all the same. */
  async function captureWith(drafts: readonly Draft[], { name, type }: File, opened: Pick<Original, 'bytes' | 'sha256'>) {
    const [kept] = await keepEach(deps, keeper, [{ ...opened, name, type }])
    if (kept === undefined || 'fault' in kept) return captureAll(deps, drafts, 'picture')
    return captureKept(deps, drafts, 'picture', kept.sha256)
  }

  function say(what: IntakeNotice): 0 {
    notice.value = what
    return 0
  }

  return { kept, sum, notice, reading, takeText, takeLines, takeCodes, takeFiles, dismiss: () => (notice.value = null) }
}

export type Intake = ReturnType<typeof useIntake>

function isPicture({ type, name }: File): boolean {
  return type.startsWith('image/') || (type === '' && /\.(?:jpe?g|png|gif|bmp|webp|heic|avif)$/i.test(name))
}
