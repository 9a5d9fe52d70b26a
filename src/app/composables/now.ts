import { defineStore } from 'pinia'
import { ref, toRef, type Ref } from 'vue'
import type { Instant } from '../../domain/index.ts'
import { useDeps } from '../deps.ts'

const minute = 60_000

/** One hand for all clocks on screen. */
const useTicking = defineStore('now', () => {
  const { clock } = useDeps()
  const now = ref(clock.now())
  function tick(): void {
    now.value = clock.now()
    clock.after(minute, tick)
  }
  clock.after(minute, tick)
  document.addEventListener('visibilitychange', () => {
    now.value = clock.now()
  })
  return { now }
})

/** The time, moving once a minute, so that "3 分钟前" and "约今晚 20:10" stay true while one looks at them. */
export function useNow(): Readonly<Ref<Instant>> {
  return toRef(useTicking(), 'now')
}
