/**
 * Resolves once the shell is on screen: bytes and work after it cannot delay it. In a tab that is not shown nothing is ever
 * painted, so it resolves at once there.
 */
export function afterFirstPaint(page: Document = document): Promise<void> {
  if (page.visibilityState !== 'visible') return Promise.resolve()
  return new Promise((resolve) => {
    // The first frame callback runs before the paint, a task queued from it after.
    requestAnimationFrame(() => setTimeout(resolve))
    setTimeout(resolve, 1000)
  })
}
