import { computed, type ComputedRef, type Ref } from 'vue'
import { useScanWords } from '../locales/scan.ts'
import { useShellWords } from '../locales/shell.ts'
import type { IntakeNotice } from './intake.ts'

/** The sentence of what could not be taken; it always says what to do. */
export function useNoticeText(notice: Readonly<Ref<IntakeNotice | null>>): ComputedRef<string | null> {
  const words = useScanWords()
  const shell = useShellWords()
  function textOf(one: IntakeNotice): string {
    switch (one.is) {
      case 'not-invoice':
        return one.what.is === 'url' ? words.value.not.url(one.what.host) : words.value.not[one.what.is]
      case 'picture':
        return words.value.pictures[one.fault](one.name)
      case 'reader-failed':
        return words.value.readerFailed
      case 'not-kept':
        return one.fault === null ? words.value.notKept : `${words.value.notKept}：${shell.value.fault[one.fault]}`
    }
  }
  return computed(() => (notice.value === null ? null : textOf(notice.value)))
}
