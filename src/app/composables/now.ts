import { onScopeDispose, ref, type Ref } from 'vue'
import type { Instant } from '../../domain/index.ts'
import { useDeps } from '../deps.ts'

const minute = 60_000

/** The time, moving once a minute, so that "3 分钟前" and "约今晚 20:10" stay true while one looks at them. */
export function useNow(): Readonly<Ref<Instant>> {
  const { clock } = useDeps()
  const now = ref(clock.now())
  const tick = () => {
    now.value = clock.now()
    stop = clock.after(minute, tick)
  }
  let stop = clock.after(minute, tick)
  onScopeDispose(() => stop())
  return now
}
