import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { dropOwnList, judgeAgain, takeList, trustInForce, type ListTaken, type TrustInForce } from '../../capture/index.ts'
import { useFileKeeper } from '../composables/keeper.ts'
import { useDeps } from '../deps.ts'

/** A list is a few kilobytes; a larger file is none. Bytes. */
const largestList = 2_000_000

/** Session state: the lists that seals are judged by, and whether kept files are being judged again by new ones. */
export const useTrustList = defineStore('trust-list', () => {
  const deps = useDeps()
  const keeper = useFileKeeper()
  const inForce = shallowRef<TrustInForce['trust'] | null>(null)
  const judging = shallowRef(false)

  async function read(): Promise<void> {
    inForce.value = await trustInForce(deps.wallet).then(
      ({ trust }) => trust,
      () => inForce.value,
    )
  }

  /** Judges again what rests on lists that are no longer in force. What is not reached now is judged at the next start. */
  async function judge(): Promise<void> {
    judging.value = true
    await judgeAgain({ ...deps, keeper }).catch(() => 0)
    judging.value = false
  }

  /** Takes a list from a person's file. */
  async function take(file: File): Promise<ListTaken | 'unreadable' | 'failed'> {
    if (file.size > largestList) return 'malformed'
    const text = await file.text().catch(() => null)
    if (text === null) return 'unreadable'
    const taken = await takeList(deps.wallet, text, 'person').catch(() => 'failed' as const)
    await read()
    if (taken === 'adopted' || taken === 'imported') void judge()
    return taken
  }

  /** Gives the person's own list up. */
  async function drop(): Promise<boolean> {
    const dropped = await dropOwnList(deps.wallet).then(
      () => true,
      () => false,
    )
    await read()
    if (dropped) void judge()
    return dropped
  }

  return { inForce, judging, read, judge, take, drop }
})
