/** How long the shell may take to get on screen before the app is started all the same. */
const patience = 1_500

/**
 * Resolves once the shell is on screen: bytes and work after it cannot delay it. In a tab that is not shown nothing is ever
 * painted, so it resolves at once there.
 */
export function afterFirstPaint(page: Document = document): Promise<void> {
  if (page.visibilityState !== 'visible' || !PerformanceObserver.supportedEntryTypes.includes('paint')) return Promise.resolve()
  return new Promise((resolve) => {
    // A frame callback would come too early: it runs before its frame is shown.
    const observer = new PerformanceObserver((list) => {
      if (list.getEntriesByName('first-contentful-paint').length > 0) done()
    })
    const done = () => {
      observer.disconnect()
      resolve()
    }
    observer.observe({ type: 'paint', buffered: true })
    setTimeout(done, patience)
  })
}
