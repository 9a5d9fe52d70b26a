import { watch, type Ref } from 'vue'
import { useRouter } from 'vue-router'
import type { IntakeNotice } from './intake.ts'

/** The receipt that was scanned, photographed or pasted in the place of an invoice; null when it was something else. */
export function receiptOf(notice: IntakeNotice | null): string | null {
  return notice?.is === 'not-invoice' && notice.what.is === 'receipt' ? notice.what.text : null
}

/** Takes a receipt that turns up among invoices to its own page, where it is checked. */
export function useReceiptWay(notice: Readonly<Ref<IntakeNotice | null>>): void {
  const router = useRouter()
  watch(notice, (one) => {
    const text = receiptOf(one)
    if (text !== null) void router.push({ path: '/R', hash: `#${text}` })
  })
}
