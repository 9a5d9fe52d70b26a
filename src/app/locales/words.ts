import { computed, shallowReactive, type ComputedRef } from 'vue'
import { locale, type Locale } from './locale.ts'

/** Functions take their values already formatted, or numbers and instants where the language must decide. */
type Words = Readonly<Record<string, unknown>>

interface Group {
  ensure(): Promise<void>
}

const groups: Group[] = []

/**
 * One group of texts: the Chinese source object, and how to fetch the others. The result is a composable.
 * Groups belong to pages, so that a page brings its own words along and no page waits for another's.
 */
export function defineWords<W extends Words>(
  source: W,
  others: Readonly<Record<Exclude<Locale, 'zh-CN'>, () => Promise<W>>>,
): () => ComputedRef<W> {
  const loaded = shallowReactive(new Map<Locale, W>([['zh-CN', source]]))
  const words = computed(() => loaded.get(locale.value) ?? source)
  groups.push({
    async ensure() {
      const wanted = locale.value
      if (wanted === 'zh-CN' || loaded.has(wanted)) return
      loaded.set(wanted, await others[wanted]())
    },
  })
  return () => words
}

/** Resolves when every group that exists by now can speak the language on screen. A missing file leaves Chinese standing. */
export async function wordsReady(): Promise<void> {
  await Promise.allSettled(groups.map((group) => group.ensure()))
}
