/** The mark a page sets when the person can use it. Byte budgets end here, and the worker's precache begins. */
export const interactiveMark = 'wallet-interactive'

/** How long after `load` the worker is installed on a page that sets no mark. */
const patience = 5_000

/** Resolves when the mark is set and the page has nothing better to do. */
export async function whenInteractive(): Promise<void> {
  await Promise.race([marked(), patienceIsOver()])
  await idle()
}

function marked(): Promise<void> {
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => {
      if (list.getEntriesByName(interactiveMark).length === 0) return
      observer.disconnect()
      resolve()
    })
    observer.observe({ type: 'mark', buffered: true })
  })
}

async function patienceIsOver(): Promise<void> {
  if (document.readyState !== 'complete') await new Promise((resolve) => addEventListener('load', resolve, { once: true }))
  await new Promise((resolve) => setTimeout(resolve, patience))
}

/** Safari has no `requestIdleCallback`. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve(), { timeout: 2_000 })
    else setTimeout(resolve, 200)
  })
}
