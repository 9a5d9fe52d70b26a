import { readonly, ref, type Ref } from 'vue'

/** A newer version of the app: whether there is one, and the tap that takes it. Nothing is ever replaced without that tap. */
export interface Update {
  readonly available: Readonly<Ref<boolean>>
  /** Starts the newer version in this tab. What is typed and not saved in this tab is given up; other tabs are left alone. */
  readonly apply: () => void
}

/** @param reload how this tab starts anew. */
export function createUpdate(reload: () => void) {
  const available = ref(false)
  let take: (() => void) | null = null
  let tapped = false
  return {
    available: readonly(available),
    apply() {
      tapped = true
      if (take === null) reload()
      else take()
    },
    /** A version waits; `activate` lets it in. */
    offer(activate: () => void) {
      take = activate
      available.value = true
    },
    /** A newer version controls this tab: it was taken here, or in another tab, whose tap must not cost this one its form. */
    tookOver() {
      take = null
      if (tapped) reload()
      else available.value = true
    },
  }
}

export const update = createUpdate(() => location.reload())

/** For the update prompt. */
export const useUpdate = (): Update => update
