/**
 * The worker in which one original is opened to be shown: started by the bridge as a module worker, asked once, then ended.
 */
import type { ShowRequest } from './bridge.ts'
import { showFile } from './show.ts'

/** Milliseconds. Real files take a hundredth. */
const budget = 15_000

self.addEventListener('message', ({ data }: MessageEvent<ShowRequest>) => {
  const now = () => performance.now()
  showFile(data.bytes, data.wanted, { now, perFile: budget, deadline: now() + budget }).then(
    (shown) => self.postMessage(shown),
    // A rejection alone would not reach the page: the code to draw it did not come, or is at fault.
    (error: unknown) => {
      setTimeout(() => {
        throw error
      })
    },
  )
})
