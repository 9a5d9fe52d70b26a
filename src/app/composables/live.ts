import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import type { Watchable } from '../../domain/index.ts'
import type { Watched } from '../../wallet/index.ts'

/**
 * What the page knows of a live query. `loading` only before the first value: pages show a skeleton for it,
 * and a later failure never takes away what is on screen.
 */
export type LiveState<T> = { readonly is: 'loading' } | { readonly is: 'here'; readonly value: T } | { readonly is: 'failed' }

/** Follows a live query of the wallet for as long as the component lives. `source` is watched, so that a new id gives a new query. */
export function useLive<T>(source: () => Watched<T>): Readonly<ShallowRef<LiveState<T>>> {
  const state = shallowRef<LiveState<T>>({ is: 'loading' })
  let subscription: { unsubscribe(): void } | undefined
  watch(
    source,
    (live) => {
      subscription?.unsubscribe()
      state.value = { is: 'loading' }
      subscription = live.subscribe(
        (value) => {
          state.value = { is: 'here', value }
        },
        () => {
          if (state.value.is === 'loading') state.value = { is: 'failed' }
        },
      )
    },
    { immediate: true },
  )
  onScopeDispose(() => subscription?.unsubscribe())
  return state
}

/** Follows a value that announces its changes, such as the service state. */
export function useWatchable<T>(source: Watchable<T>): Readonly<ShallowRef<T>> {
  const value = shallowRef(source.value) as ShallowRef<T>
  onScopeDispose(
    source.subscribe((next) => {
      value.value = next
    }),
  )
  return value
}
