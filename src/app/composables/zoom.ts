import { nextTick, onBeforeUnmount, onMounted, ref, type Ref } from 'vue'
import { clampZoom, isDoubleTap, scrollAt, type Tap } from '../original/zoom.ts'

/** A place on the pane, from its upper left corner. */
interface Spot {
  readonly x: number
  readonly y: number
}

/**
 * Lets a scrolling pane be zoomed: two fingers, a double tap, the wheel with Ctrl, the keys + − 0. Panning is the pane's own scrolling.
 * @returns the factor, 1 when the width fits, and what a button does.
 */
export function useZoom(pane: () => HTMLElement | null): { readonly zoom: Readonly<Ref<number>>; readonly by: (factor: number) => void } {
  const zoom = ref(1)
  let pinch: { readonly distance: number; readonly zoom: number } | null = null
  let tap: Tap | null = null

  function to(wanted: number, spot?: Spot): void {
    const element = pane()
    const next = clampZoom(wanted)
    if (!element || next === zoom.value) return
    const { x, y } = spot ?? { x: element.clientWidth / 2, y: element.clientHeight / 2 }
    const ratio = next / zoom.value
    const [left, top] = [scrollAt(element.scrollLeft, x, ratio), scrollAt(element.scrollTop, y, ratio)]
    zoom.value = next
    void nextTick(() => element.scrollTo({ left, top, behavior: 'instant' }))
  }
  const by = (factor: number, spot?: Spot) => to(zoom.value * factor, spot)

  function spotOf(...points: readonly { readonly clientX: number; readonly clientY: number }[]): Spot {
    const box = pane()?.getBoundingClientRect()
    const mean = (pick: (one: { readonly clientX: number; readonly clientY: number }) => number) =>
      points.reduce((sum, one) => sum + pick(one), 0) / points.length
    return { x: mean(({ clientX }) => clientX) - (box?.left ?? 0), y: mean(({ clientY }) => clientY) - (box?.top ?? 0) }
  }
  const apart = ([a, b]: readonly Touch[]) => (a && b ? Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) : 0)

  function onTouchStart(event: TouchEvent): void {
    const touches = [...event.touches]
    pinch = touches.length === 2 ? { distance: apart(touches), zoom: zoom.value } : null
    if (touches.length > 1) tap = null
  }
  function onTouchMove(event: TouchEvent): void {
    const touches = [...event.touches]
    if (!pinch || touches.length !== 2) return
    if (event.cancelable) event.preventDefault()
    to((pinch.zoom * apart(touches)) / Math.max(1, pinch.distance), spotOf(...touches))
  }
  function onTouchEnd(): void {
    pinch = null
  }
  function onPointerUp(event: PointerEvent): void {
    if (!event.isPrimary || event.button !== 0) return
    const spot = spotOf(event)
    const now: Tap = { at: event.timeStamp, ...spot }
    if (!isDoubleTap(tap, now)) {
      tap = now
      return
    }
    tap = null
    to(zoom.value > 1.2 ? 1 : 2.5, spot)
  }
  function onWheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    by(Math.exp(-event.deltaY / 300), spotOf(event))
  }
  function onKey(event: KeyboardEvent): void {
    const act = { '+': () => by(1.25), '=': () => by(1.25), '-': () => by(0.8), '0': () => to(1) }[event.key]
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    act()
  }

  // Not in the template: Vue makes touch listeners that may not prevent the browser's own zoom.
  const listeners = {
    touchstart: onTouchStart,
    touchmove: onTouchMove,
    touchend: onTouchEnd,
    touchcancel: onTouchEnd,
    pointerup: onPointerUp,
    wheel: onWheel,
    keydown: onKey,
  } as unknown as Readonly<Record<string, EventListener>>
  let watched: HTMLElement | null = null
  onMounted(() => {
    watched = pane()
    for (const [type, listener] of Object.entries(listeners)) watched?.addEventListener(type, listener, { passive: false })
  })
  onBeforeUnmount(() => {
    for (const [type, listener] of Object.entries(listeners)) watched?.removeEventListener(type, listener)
  })
  return { zoom, by: (factor) => by(factor) }
}
