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
  // Apart from each other, so that scrolling, which changes only `top`, never sums up 10,000 heights anew.
  const top = ref(0)
  const height = ref(800)
  const width = ref(390)
  const rem = ref(16)
  const listTop = ref(0)
  const measured = shallowRef<ReadonlyMap<string, number>>(new Map())
  const stacks = computed(() => width.value < 360 || width.value < 18.75 * rem.value)

  const offsets = computed(() => {
    const heightOf = (row: Row) => (row.is === 'month' ? header : row.first ? card : card + gap) * rem.value
    return offsetsOf(rows.value.map((row) => (stacks.value ? (measured.value.get(row.key) ?? 1.9 * heightOf(row)) : heightOf(row))))
  })
  const range = computed(() => {
    const from = top.value - listTop.value
    return rangeIn(offsets.value, from, from + height.value, spare)
  })

  function look(): void {
    const element = scroller.value
    if (!element || element.clientHeight === 0) return
    top.value = element.scrollTop
  }

  function resize(): void {
    const element = scroller.value
    if (!element || element.clientHeight === 0) return
    const size = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16
    if (element.clientWidth !== width.value || size !== rem.value) measured.value = new Map()
    height.value = element.clientHeight
    width.value = element.clientWidth
    rem.value = size
    listTop.value = list.value?.offsetTop ?? 0
    look()
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
    observer = new ResizeObserver(resize)
    watch(
      scroller,
      (element) => {
        observer?.disconnect()
        if (!element) return
        observer?.observe(element)
        if (list.value) observer?.observe(list.value)
        element.addEventListener('scroll', look, { passive: true })
        resize()
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
