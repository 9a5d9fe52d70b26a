/** What the loop needs of a video element. */
export interface FrameSource {
  readonly videoWidth: number
  readonly videoHeight: number
  readonly readyState: number
  requestVideoFrameCallback?(callback: () => void): number
  cancelVideoFrameCallback?(handle: number): void
}

/** Calls back when the next frame may be there; returns how to cancel. */
export type NextFrame = (source: FrameSource, callback: () => void) => () => void

/** The browser's own frame callback where it exists, else a short timer: Firefox before 132 has none. */
export const nextFrame: NextFrame = (source, callback) => {
  if (source.requestVideoFrameCallback && source.cancelVideoFrameCallback) {
    const handle = source.requestVideoFrameCallback(callback)
    return () => source.cancelVideoFrameCallback?.(handle)
  }
  const handle = setTimeout(callback, 60)
  return () => clearTimeout(handle)
}

const haveCurrentData = 2

/**
 * Hands frames to a reader, one at a time, always the newest: while one is being read the others pass by unlooked at, so nothing ever queues.
 * @param look reads the current frame; a rejection is one frame lost, not the end.
 * @returns stop.
 */
export function startFrameLoop(source: FrameSource, look: () => Promise<void>, next: NextFrame = nextFrame): () => void {
  let stopped = false
  let cancel = (): void => {}
  function wait(): void {
    if (!stopped) cancel = next(source, () => void turn())
  }
  async function turn(): Promise<void> {
    if (stopped) return
    if (source.readyState >= haveCurrentData && source.videoWidth > 0) {
      try {
        await look()
      } catch {
        // The next frame is 30 ms away.
      }
    }
    wait()
  }
  wait()
  return () => {
    stopped = true
    cancel()
  }
}
