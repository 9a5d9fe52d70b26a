import { defineStore } from 'pinia'
import { computed, shallowRef, triggerRef } from 'vue'
import { keepFile, putAside, readAgain, readWaiting, type FileOutcome } from '../../capture/index.ts'
import { WalletError, type WalletFault } from '../../wallet/index.ts'
import { useDeps } from '../deps.ts'

/** Why a file was not even kept. */
export type Refused = 'too-large' | 'empty' | 'unreadable' | 'stopped' | 'not-kept'

/** What came of one file of this visit. */
export type FileResult =
  | { readonly is: 'read'; readonly key: string; readonly outcome: FileOutcome; readonly again: boolean }
  /** The same bytes as another one that was chosen with it. */
  | { readonly is: 'same'; readonly key: string; readonly name: string; readonly as: string }
  | { readonly is: 'refused'; readonly key: string; readonly name: string; readonly why: Refused; readonly fault: WalletFault | null }

/** What is going on: `at` of `of`, from 1. */
export interface FileProgress {
  readonly doing: 'keeping' | 'reading'
  readonly at: number
  readonly of: number
}

/** What came of all files of this visit: invoices that were added or merged; files that need a look, are the same as others, were refused. */
export type FileSum = Readonly<Record<'added' | 'merged' | 'look' | 'same' | 'refused', number>>

const nothing: FileSum = { added: 0, merged: 0, look: 0, same: 0, refused: 0 }

function counted(sum: FileSum, result: FileResult): FileSum {
  if (result.is !== 'read') return { ...sum, [result.is]: sum[result.is] + 1 }
  const { captured, problems } = result.outcome
  const merged = captured.filter(({ knownSince }) => knownSince !== null).length
  return {
    ...sum,
    added: sum.added + captured.length - merged,
    merged: sum.merged + merged,
    look: sum.look + (problems.length > 0 ? 1 : 0),
  }
}

/** Larger files are no invoices; reading them whole would only exhaust the phone. Bytes. */
const largestFile = 60_000_000

/**
 * Session state: the files that are being taken in, on whatever page the person is meanwhile. All are kept first and read then;
 * what is kept is safe from a kill, and the next start goes on with it.
 */
export const useFileIntake = defineStore('file-intake', () => {
  const deps = useDeps()
  const results = shallowRef<FileResult[]>([])
  const progress = shallowRef<FileProgress | null>(null)
  const trouble = shallowRef<'no-reader' | 'not-read' | null>(null)
  const stopping = shallowRef(false)
  const busy = computed(() => progress.value !== null)

  const toKeep: File[] = []
  const known = new Set<string>()
  const chosen = new Map<string, string>()
  let stop = new AbortController()
  let taken = 0
  let keeping: Promise<void> | null = null
  let reading: Promise<void> | null = null
  let wanted = false
  let done = 0
  let count = 0

  /** Counted up file by file: ten thousand of them are not gone through again for each. */
  const sum = shallowRef<FileSum>(nothing)

  function note(result: FileResult): void {
    results.value.unshift(result)
    triggerRef(results)
    sum.value = counted(sum.value, result)
  }

  /** Takes files in; resolves when all that were given until then are read. A second call while it goes on adds to it. */
  async function take(files: readonly File[]): Promise<void> {
    if (files.length === 0) return
    if (!busy.value) begin()
    toKeep.push(...files)
    taken += files.length
    keeping ??= keepAll()
    await keeping
    await read()
  }

  /** Reads what was kept before: shared to the app, or left by a visit that ended too early. */
  async function resume(): Promise<void> {
    // What is being kept is read when all of it is safe.
    if (keeping !== null) return
    await readAgain(deps, { notBy: deps.version }).catch(() => 0)
    const { files } = await deps.wallet.files().catch(() => ({ files: [] }))
    if (!files.some(({ state }) => state.is === 'waiting')) return
    if (!busy.value) begin()
    await read()
  }

  /** Reads files that need a look once more. */
  async function again(sha256: string): Promise<void> {
    await readAgain(deps, { files: [sha256] })
    if (!busy.value) begin()
    results.value = results.value.filter((one) => one.is !== 'read' || one.outcome.sha256 !== sha256)
    sum.value = results.value.reduce(counted, nothing)
    known.delete(sha256)
    await read()
  }

  /** What is not kept is left; what is kept and not read is put aside, where the person finds it. */
  function cancel(): void {
    stopping.value = true
    stop.abort()
  }

  function begin(): void {
    stop = new AbortController()
    stopping.value = false
    trouble.value = null
    taken = 0
    done = 0
    chosen.clear()
  }

  async function keepAll(): Promise<void> {
    for (let file = toKeep.shift(); file !== undefined; file = toKeep.shift()) {
      if (!reading) progress.value = { doing: 'keeping', at: taken - toKeep.length, of: taken }
      await keep(file)
    }
    // Whoever waits for this reads next: until then it is still going on.
    keeping = null
  }

  async function keep(file: File): Promise<void> {
    const { name, type, size } = file
    const refuse = (why: Refused, fault: WalletFault | null = null) =>
      note({ is: 'refused', key: `refused ${(count += 1)}`, name, why, fault })
    if (stop.signal.aborted) return refuse('stopped')
    if (size > largestFile) return refuse('too-large')
    if (size === 0) return refuse('empty')
    const bytes = await file.arrayBuffer().catch(() => null)
    if (bytes === null) return refuse('unreadable')
    try {
      const hash = await deps.wallet.fingerprint(bytes)
      const as = chosen.get(hash)
      if (as !== undefined) return note({ is: 'same', key: `same ${(count += 1)}`, name, as })
      const { sha256, again } = await keepFile(deps, { name, type, bytes })
      chosen.set(sha256, name)
      if (again) known.add(sha256)
    } catch (error) {
      refuse('not-kept', error instanceof WalletError ? error.fault : null)
    }
  }

  function read(): Promise<void> {
    wanted = true
    reading ??= readAll().finally(() => {
      reading = null
      settle()
    })
    return reading
  }

  async function readAll(): Promise<void> {
    while (wanted) {
      wanted = false
      const end = await readWaiting(
        deps,
        {
          begin: (_, left) => {
            progress.value = { doing: 'reading', at: done + 1, of: Math.max(taken, done + left + toKeep.length) }
          },
          done(outcome) {
            done += 1
            note({ is: 'read', key: `${outcome.sha256} ${(count += 1)}`, outcome, again: known.has(outcome.sha256) })
            known.add(outcome.sha256)
          },
        },
        stop.signal,
      ).catch(() => 'failed' as const)
      if (end === 'no-reader') trouble.value = 'no-reader'
      if (end === 'failed') trouble.value = 'not-read'
      if (end === 'stopped') await putAside(deps).catch(() => 0)
    }
    if (done > 0) deps.drainNow()
  }

  function settle(): void {
    if (keeping !== null || reading !== null) return
    progress.value = null
    stopping.value = false
  }

  return { results, progress, trouble, stopping, sum, take, resume, again, cancel }
})
