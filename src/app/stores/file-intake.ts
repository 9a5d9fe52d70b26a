import { defineStore } from 'pinia'
import { computed, shallowRef, triggerRef } from 'vue'
import { keepEach, keepTogether, putAside, readAgain, readWaiting, takeBack, type FileOutcome } from '../../capture/index.ts'
import type { Original, WalletFault } from '../../wallet/index.ts'
import { useFileKeeper } from '../composables/keeper.ts'
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
  const keeper = useFileKeeper()
  const deps = { ...useDeps(), keeper }
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
  let begun = 0
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
  async function again(files: readonly string[]): Promise<void> {
    await readAgain(deps, { files })
    if (!busy.value) begin()
    const wanted = new Set(files)
    results.value = results.value.filter((one) => one.is !== 'read' || !wanted.has(one.outcome.sha256))
    sum.value = results.value.reduce(counted, nothing)
    for (const sha256 of files) known.delete(sha256)
    await read()
  }

  /**
   * Takes the invoices out that this visit added; what was merged into others stays, and so does what needs a look.
   * @returns how many they were, and the way back.
   */
  async function undo(): Promise<{ readonly count: number; readonly redo: () => Promise<unknown> }> {
    const before = { results: results.value, sum: sum.value }
    const added = results.value.flatMap((one) =>
      one.is === 'read' ? one.outcome.captured.flatMap(({ entryId, knownSince }) => (knownSince === null ? entryId : [])) : [],
    )
    const count = await takeBack(deps, added)
    results.value = []
    sum.value = nothing
    return {
      count,
      async redo() {
        await takeBack(deps, added, 'in')
        if (results.value.length > 0) return
        results.value = before.results
        sum.value = before.sum
      },
    }
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
    begun = 0
    done = 0
    chosen.clear()
  }

  async function keepAll(): Promise<void> {
    while (toKeep.length > 0) await keepGroup()
    // Whoever waits for this reads next: until then it is still going on.
    keeping = null
  }

  /** Takes the next few files and keeps them in one commit: five hundred in one drop would be five hundred otherwise. */
  async function keepGroup(): Promise<void> {
    const group: Original[] = []
    let bytes = 0
    for (let file = toKeep[0]; file !== undefined; file = toKeep[0]) {
      const isFull = group.length === keepTogether.files || bytes + file.size > keepTogether.bytes
      if (isFull && group.length > 0) break
      toKeep.shift()
      if (!reading) progress.value = { doing: 'keeping', at: taken - toKeep.length, of: taken }
      const original = await openFile(file)
      if (original === null) continue
      chosen.set(original.sha256, original.name)
      bytes += original.bytes.byteLength
      group.push(original)
    }
    if (group.length === 0) return
    for (const [at, kept] of (await keepEach(deps, keeper, group)).entries()) {
      if (!('fault' in kept)) {
        if (kept.again) known.add(kept.sha256)
        continue
      }
      chosen.delete(kept.sha256)
      refuse(group[at]?.name ?? '', 'not-kept', kept.fault)
    }
  }

  /** The bytes of a file that is to be kept; of one that is not, null, and why is noted. */
  async function openFile(file: File): Promise<Original | null> {
    const { name, type, size } = file
    if (stop.signal.aborted) return refuse(name, 'stopped')
    if (size > largestFile) return refuse(name, 'too-large')
    if (size === 0) return refuse(name, 'empty')
    const opened = await keeper.open(file)
    if (opened === null) return refuse(name, 'unreadable')
    const as = chosen.get(opened.sha256)
    if (as === undefined) return { ...opened, name, type }
    note({ is: 'same', key: `same ${(count += 1)}`, name, as })
    return null
  }

  function refuse(name: string, why: Refused, fault: WalletFault | null = null): null {
    note({ is: 'refused', key: `refused ${(count += 1)}`, name, why, fault })
    return null
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
            const rest = left + toKeep.length
            const of = Math.max(taken, begun + rest)
            begun += 1
            progress.value = { doing: 'reading', at: of - rest + 1, of }
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

  return { results, progress, trouble, stopping, sum, take, resume, again, undo, cancel }
})
