import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/** One short message over the page, with at most one action (undo). */
export interface Toast {
  readonly text: string
  readonly action?: { readonly label: string; run(): void }
}

/** Long enough to read a sentence and reach undo. */
const shownFor = 6_000

/** The one toast on screen. A new one replaces it. */
export const useToast = defineStore('toast', () => {
  const current = shallowRef<Toast | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  function show(toast: Toast): void {
    clearTimeout(timer)
    current.value = toast
    timer = setTimeout(hide, shownFor)
  }
  function hide(): void {
    clearTimeout(timer)
    current.value = null
  }
  return { current, show, hide }
})
