import { describe, expect, it, vi } from 'vitest'
import { openCamera } from '../../../src/app/scan/camera.ts'

const named = (name: string) => Object.assign(new Error(name), { name })
const devices = (getUserMedia: MediaDevices['getUserMedia']) => ({ getUserMedia }) as MediaDevices

function streamOf(capabilities: object) {
  const track = { stop: vi.fn(), getCapabilities: () => capabilities, applyConstraints: vi.fn(() => Promise.resolve()) }
  const stream = { getTracks: () => [track], getVideoTracks: () => [track] } as unknown as MediaStream
  return { track, stream }
}

describe('the camera', () => {
  it.each([
    ['NotAllowedError', 'refused'],
    ['NotFoundError', 'none'],
    ['NotReadableError', 'busy'],
    ['TypeError', 'failed'],
  ])('says plainly why there is none: %s', async (name, reason) => {
    expect(
      await openCamera(
        devices(() => Promise.reject(named(name))),
        true,
      ),
    ).toBe(reason)
  })

  it('tells an insecure page from a device without a camera', async () => {
    expect(await openCamera(undefined, false)).toBe('insecure')
    expect(await openCamera(undefined, true)).toBe('none')
  })

  it('takes a poor camera rather than none', async () => {
    const { stream } = streamOf({})
    const get = vi.fn<MediaDevices['getUserMedia']>().mockRejectedValueOnce(named('OverconstrainedError')).mockResolvedValueOnce(stream)
    expect(await openCamera(devices(get), true)).toMatchObject({ stream, torch: null })
  })

  it('offers the light only where there is one, and lets the camera go', async () => {
    const { stream, track } = streamOf({ torch: true })
    const camera = await openCamera(
      devices(() => Promise.resolve(stream)),
      true,
    )
    if (typeof camera === 'string') throw new Error(camera)
    await camera.torch?.(true)
    expect(track.applyConstraints).toHaveBeenCalledWith({ advanced: [{ torch: true }] })
    camera.close()
    expect(track.stop).toHaveBeenCalled()
  })
})
