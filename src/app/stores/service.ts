import { defineStore } from 'pinia'
import { computed } from 'vue'
import { useLive, useWatchable } from '../composables/live.ts'
import { useDeps } from '../deps.ts'

/** Session state: how the service is right now, as the channels last said, and how much waits. */
export const useService = defineStore('service', () => {
  const { channels, wallet } = useDeps()
  const state = useWatchable(channels.state)
  const counts = useLive(() => wallet.watch(() => wallet.counts()))
  /** The badge of 待办. */
  const toDo = computed(() => (counts.value.is === 'here' ? counts.value.value.waiting + counts.value.value.needsLook : 0))
  return { state, toDo }
})
