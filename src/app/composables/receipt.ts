import { shallowRef, watch, type ShallowRef } from 'vue'
import { checkReceipt, type CheckedReceipt } from '../../authenticity/index.ts'
import { useDeps } from '../deps.ts'
import { useWatchable } from './live.ts'

/** What is known of a receipt's truth. `failed`: the browser refused to compute it. */
export type ReceiptState =
  | { readonly is: 'checking' | 'fetching' | 'failed' }
  /** `fetched`: for this check the key had to be fetched; else nothing was asked of anybody. */
  | { readonly is: 'checked'; readonly receipt: CheckedReceipt; readonly fetched: boolean }

/**
 * Checks a receipt on this device by the keys at hand. Only for a key it does not hold it asks the gateways, once and again when they can
 * be reached; the receipt itself is sent to nobody. `text` null: there is nothing to check.
 */
export function useReceipt(text: () => string | null): { readonly state: Readonly<ShallowRef<ReceiptState>>; again(): void } {
  const { receiptKeys, channels } = useDeps()
  const state = shallowRef<ReceiptState>({ is: 'checking' })
  const service = useWatchable(channels.state)
  let run = 0

  async function check(one: string): Promise<void> {
    const mine = ++run
    const say = (next: ReceiptState) => {
      if (mine === run) state.value = next
    }
    try {
      const receipt = await checkReceipt(one, await receiptKeys.known())
      if (!lacksKey(receipt) || service.value.is === 'device-offline') return say({ is: 'checked', receipt, fetched: false })
      say({ is: 'fetching' })
      await receiptKeys.fetch()
      say({ is: 'checked', receipt: await checkReceipt(one, await receiptKeys.known()), fetched: true })
    } catch {
      say({ is: 'failed' })
    }
  }

  function again(): void {
    const one = text()
    run++
    if (one === null) return
    state.value = { is: 'checking' }
    void check(one)
  }

  watch(text, again, { immediate: true })
  watch(
    () => service.value.is,
    (is) => {
      const { value } = state
      if ((is === 'up' || is === 'authority-down') && value.is === 'checked' && lacksKey(value.receipt)) again()
    },
  )
  return { state, again }
}

function lacksKey(receipt: CheckedReceipt): boolean {
  return receipt.is === 'uncheckable' && receipt.because === 'unknown-key'
}
