import { computed, nextTick, onMounted, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import type { Row } from './rows.ts'
import { offsetsOf, rangeIn } from './window.ts'

/** In rem: a card, the gap above it, a month header that stands right above its first card. */
const card = 99 / 16
const gap = 8 / 16
const header = 45 / 16
const spare = 6

/** The rows to draw and the empty space before and after them, in px. */
export interface VirtualList {
  readonly shown: ComputedRef<readonly Row[]>
  readonly before: ComputedRef<number>
  readonly after: ComputedRef<number>
}

/**
 * Draws only the rows in sight, so that 10,000 cards scroll like ten. Rows have fixed heights; where cards stack
 * (narrow screens, large type) their text wraps, and each height is measured once it has been drawn.
 */
export function useVirtualList(rows: Ref<readonly Row[]>, scroller: Ref<HTMLElement | null>, list: Ref<HTMLElement | null>): VirtualList {
  const view = shallowRef({ top: 0, height: 800, width: 390, rem: 16, listTop: 0 })
  const measured = shallowRef<ReadonlyMap<string, number>>(new Map())
  const stacks = computed(() => view.value.width < 360 || view.value.width < 18.75 * view.value.rem)

  const offsets = computed(() => {
    const { rem } = view.value
    const heightOf = (row: Row) => (row.is === 'month' ? header : row.first ? card : card + gap) * rem
    return offsetsOf(rows.value.map((row) => (stacks.value ? (measured.value.get(row.key) ?? 1.9 * heightOf(row)) : heightOf(row))))
  })
  const range = computed(() => {
    const { top, height, listTop } = view.value
    return rangeIn(offsets.value, top - listTop, top - listTop + height, spare)
  })

  function look(): void {
    const element = scroller.value
    if (!element || element.clientHeight === 0) return
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16
    const { scrollTop: top, clientHeight: height, clientWidth: width } = element
    if (width !== view.value.width || rem !== view.value.rem) measured.value = new Map()
    view.value = { top, height, width, rem, listTop: list.value?.offsetTop ?? 0 }
  }

  function measure(): void {
    if (!stacks.value || !list.value) return
    const found = new Map(measured.value)
    for (const element of list.value.querySelectorAll<HTMLElement>('[data-row]'))
      found.set(element.dataset['row'] ?? '', element.offsetHeight)
    const changed = [...found].some(([key, height]) => measured.value.get(key) !== height)
    if (changed) measured.value = found
  }

  const followed = ref(false)
  let observer: ResizeObserver | undefined
  onMounted(() => {
    observer = new ResizeObserver(look)
    watch(
      scroller,
      (element) => {
        observer?.disconnect()
        if (!element) return
        observer?.observe(element)
        if (list.value) observer?.observe(list.value)
        element.addEventListener('scroll', look, { passive: true })
        look()
        followed.value = true
      },
      { immediate: true },
    )
  })
  onScopeDispose(() => observer?.disconnect())
  watch([range, stacks, rows, followed], () => void nextTick(measure), { flush: 'post', immediate: true })

  return {
    shown: computed(() => rows.value.slice(range.value.from, range.value.to)),
    before: computed(() => offsets.value[range.value.from] ?? 0),
    after: computed(() => (offsets.value.at(-1) ?? 0) - (offsets.value[range.value.to] ?? 0)),
  }
}
