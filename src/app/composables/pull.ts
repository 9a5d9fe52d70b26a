import { onScopeDispose, ref, watch, type Ref } from 'vue'

const enough = 72

/**
 * Pulling a list down past its top. `pulled` is true while letting go would `act`.
 * Touch only: whoever has no finger finds the same as a button.
 */
export function usePull(scroller: Ref<HTMLElement | null>, act: () => void): Readonly<Ref<boolean>> {
  const pulled = ref(false)
  let startY: number | null = null

  function start(event: TouchEvent): void {
    startY = scroller.value?.scrollTop === 0 && event.touches.length === 1 ? (event.touches[0]?.clientY ?? null) : null
  }
  function move(event: TouchEvent): void {
    if (startY !== null) pulled.value = (event.touches[0]?.clientY ?? 0) - startY > enough
  }
  function end(): void {
    if (pulled.value) act()
    pulled.value = false
    startY = null
  }

  const listeners = { touchstart: start, touchmove: move, touchend: end, touchcancel: end } as const
  function follow(element: HTMLElement | null, how: 'addEventListener' | 'removeEventListener'): void {
    for (const [name, run] of Object.entries(listeners)) element?.[how](name, run as EventListener, { passive: true })
  }
  watch(
    scroller,
    (now, before) => {
      follow(before ?? null, 'removeEventListener')
      follow(now, 'addEventListener')
    },
    { immediate: true },
  )
  onScopeDispose(() => follow(scroller.value, 'removeEventListener'))
  return pulled
}
