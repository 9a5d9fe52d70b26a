import { onScopeDispose, ref, watch, type Ref } from 'vue'
import type { Instant } from '../../domain/index.ts'
import { useDeps } from '../deps.ts'

const sayAfter = 500

/**
 * Whole seconds since a moment, counting; null while there is no moment, or before half a second has passed:
 * what is answered at once needs no counter.
 */
export function useElapsed(since: () => Instant | null): Readonly<Ref<number | null>> {
  const { clock } = useDeps()
  const seconds = ref<number | null>(null)
  let cancel: (() => void) | undefined

  function tick(from: Instant): void {
    const passed = clock.now() - from
    // A clock that was set back counts from now on.
    seconds.value = passed < sayAfter ? null : Math.floor(passed / 1000)
    cancel = clock.after(passed < sayAfter ? Math.min(sayAfter, sayAfter - Math.max(0, passed)) : 1000 - (passed % 1000), () => tick(from))
  }

  watch(
    since,
    (from) => {
      cancel?.()
      seconds.value = null
      if (from !== null) tick(from)
    },
    { immediate: true },
  )
  onScopeDispose(() => cancel?.())
  return seconds
}
