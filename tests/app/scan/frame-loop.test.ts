import { describe, expect, it } from 'vitest'
import { startFrameLoop, type NextFrame } from '../../../src/app/scan/frame-loop.ts'

const source = { videoWidth: 1280, videoHeight: 720, readyState: 4 }
const settled = () => new Promise((resolve) => setTimeout(resolve))

/** A camera whose frames come when the test says so. */
function frames() {
  let waiting: (() => void) | null = null
  const next: NextFrame = (_, callback) => {
    waiting = callback
    return () => {
      waiting = null
    }
  }
  return {
    next,
    show() {
      const callback = waiting
      waiting = null
      callback?.()
      return callback !== null
    },
  }
}

describe('the frame loop', () => {
  it('reads one frame at a time and lets the others pass', async () => {
    const camera = frames()
    let reading = 0
    let free = (): void => {}
    const stop = startFrameLoop(source, () => new Promise<void>((resolve) => ((reading += 1), (free = resolve))), camera.next)
    expect(camera.show()).toBe(true)
    expect(camera.show()).toBe(false)
    expect(reading).toBe(1)
    free()
    await settled()
    camera.show()
    expect(reading).toBe(2)
    stop()
  })

  it('goes on after a frame that could not be read', async () => {
    const camera = frames()
    let looks = 0
    const stop = startFrameLoop(source, () => ((looks += 1), Promise.reject(new Error('blurred'))), camera.next)
    camera.show()
    await settled()
    camera.show()
    await settled()
    expect(looks).toBe(2)
    stop()
  })

  it('stops at once, also while a frame is being read', async () => {
    const camera = frames()
    let looks = 0
    const stop = startFrameLoop(source, () => ((looks += 1), Promise.resolve()), camera.next)
    camera.show()
    stop()
    await settled()
    expect(camera.show()).toBe(false)
    expect(looks).toBe(1)
  })

  it('does not read before the camera shows something', async () => {
    const camera = frames()
    let looks = 0
    const stop = startFrameLoop({ ...source, videoWidth: 0 }, () => ((looks += 1), Promise.resolve()), camera.next)
    camera.show()
    await settled()
    expect(looks).toBe(0)
    stop()
  })
})
