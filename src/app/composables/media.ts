import { onScopeDispose, ref, type Ref } from 'vue'

/** Whether a media query holds, and follows it. */
export function useMedia(query: string): Readonly<Ref<boolean>> {
  const list = matchMedia(query)
  const matches = ref(list.matches)
  const follow = () => {
    matches.value = list.matches
  }
  list.addEventListener('change', follow)
  onScopeDispose(() => list.removeEventListener('change', follow))
  return matches
}
