import { computed, ref, shallowRef, watch } from 'vue'
import { canonicalKey, checkInvoice, dateAt, yearsBefore, type Element, type Instant, type Kind } from '../../domain/index.ts'
import { useDeps } from '../deps.ts'
import {
  draftOf,
  emptyForm,
  faultOf,
  fieldsOf,
  formFrom,
  guessKind,
  isUntouched,
  keyOf,
  type EntryForm,
  type FieldFault,
} from '../entry/form.ts'
import { useLive } from './live.ts'
import { useNow } from './now.ts'

/** An entry already in the wallet that the form is about. */
export interface SameInvoice {
  readonly id: string
  readonly since: Instant
}

const keepAfter = 400

/**
 * The state of the manual entry form. What is typed is kept on the device as it is typed, so that neither a reload nor an update costs it.
 * @param editing the entry that is being completed; its form is not kept, because the entry itself is.
 */
export function useEntryForm(editing: string | null) {
  const { wallet, clock } = useDeps()
  const now = useNow()
  const form = ref<EntryForm>(emptyForm)
  const left = shallowRef<ReadonlySet<Element>>(new Set())
  const tried = ref(false)
  /** True when the form shows what was typed earlier and not saved. */
  const restored = ref(false)

  const guess = computed(() => guessKind(form.value))
  const kind = computed<Kind | null>(() => ('kind' in guess.value ? guess.value.kind : null))
  const fields = computed(() => fieldsOf(guess.value))
  const draft = computed(() => draftOf(form.value))
  const faults = computed(() => {
    const today = dateAt(now.value)
    return new Map(fields.value.map((element): [Element, FieldFault | null] => [element, faultOf(element, form.value, kind.value, today)]))
  })

  /** The fault to show: emptiness only after a try, anything else once the field was left. */
  function shownFault(element: Element): FieldFault | null {
    const fault = faults.value.get(element) ?? null
    if (fault === null || tried.value) return fault
    return fault.is !== 'empty' && left.value.has(element) ? fault : null
  }

  const list = useLive(() => wallet.watch(() => wallet.list()))
  const keys = computed(() => {
    const found = new Map<string, SameInvoice>()
    if (list.value.is !== 'here') return found
    for (const { entry } of list.value.value.entries) {
      const key = canonicalKey(entry.invoice)
      if (key !== null && entry.id !== editing) found.set(key, { id: entry.id, since: entry.captures[0]?.at ?? 0 })
    }
    return found
  })
  /** Undefined while it cannot be told yet. */
  const same = computed<SameInvoice | null | undefined>(() => {
    const key = faults.value.get('number') === null && list.value.is === 'here' ? keyOf(form.value) : null
    return key === null ? undefined : (keys.value.get(key) ?? null)
  })
  const yearMatches = computed(() => checkInvoice(draft.value.invoice).find((check) => check.name === 'number-vs-date')?.ok ?? null)
  const isOld = computed(() => {
    const { issuedOn } = draft.value.invoice
    return issuedOn !== null && issuedOn < yearsBefore(dateAt(now.value), 5)
  })

  let timer: (() => void) | undefined
  function keep(): void {
    timer?.()
    timer = undefined
    if (editing !== null) return
    const { kind: chosen, ...texts } = form.value
    const entryForm = isUntouched(form.value) ? null : { ...texts, ...(chosen !== null && { kind: chosen }) }
    // A form that could not be kept must not stop anybody from typing; saving it will say what is wrong.
    wallet.change({ entryForm }).catch(() => undefined)
  }
  watch(form, () => {
    timer?.()
    timer = clock.after(keepAfter, keep)
  })

  async function restore(): Promise<void> {
    if (editing !== null) return
    const kept = await wallet.settings().then(
      (settings) => settings.entryForm,
      () => null,
    )
    if (kept === null || !isUntouched(form.value)) return
    form.value = formFrom(kept)
    restored.value = true
  }

  return {
    form,
    guess,
    kind,
    fields,
    draft,
    same,
    yearMatches,
    isOld,
    restored,
    shownFault,
    isRight: (element: Element): boolean => faults.value.get(element) === null,
    restore,
    keep,
    set: (element: Element, text: string) => {
      form.value = { ...form.value, [element]: text }
    },
    choose: (chosen: Kind | null) => {
      form.value = { ...form.value, kind: chosen }
    },
    leave: (element: Element) => {
      left.value = new Set([...left.value, element])
    },
    /** Judges everything; the first field that needs another look, or null when all is well. */
    firstFault: (): Element | null => {
      tried.value = true
      return fields.value.find((element) => faults.value.get(element) !== null) ?? null
    },
    /** True when nothing typed is wrong, and at least the number is there: it may be kept and completed later. */
    onlyGaps: (): boolean =>
      faults.value.get('number') === null && [...faults.value.values()].every((fault) => fault === null || fault.is === 'empty'),
    clear: () => {
      form.value = emptyForm
      left.value = new Set()
      tried.value = false
      restored.value = false
      keep()
    },
    fill: (values: EntryForm) => {
      form.value = values
    },
  }
}

export type EntryFormState = ReturnType<typeof useEntryForm>
