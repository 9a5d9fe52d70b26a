import { onBeforeUnmount, onMounted, ref, shallowRef, type Ref } from 'vue'
import { useDeps } from '../deps.ts'
import { openCamera, type Camera, type NoCamera } from '../scan/camera.ts'
import { startFrameLoop } from '../scan/frame-loop.ts'
import { grabFrame } from '../scan/grab.ts'
import { onScreen, toSvg, widened } from '../scan/outline.ts'
import { createRepeatGuard } from '../scan/repeat.ts'

/** How the camera is. `light` null: it has none that can be switched. */
export type Scanner =
  { readonly is: 'opening' } | { readonly is: 'running'; readonly light: boolean | null } | { readonly is: 'none'; readonly why: NoCamera }

/**
 * Runs the camera for as long as the page is looked at, and hands over every code that comes into sight, once.
 * @param take gets the new texts of one frame. @param failed is told when frames cannot be read at all.
 */
export function useScanner(video: Readonly<Ref<HTMLVideoElement | null>>, take: (texts: readonly string[]) => void, failed: () => void) {
  const { pictures, clock } = useDeps()
  const state = shallowRef<Scanner>({ is: 'opening' })
  /** The found code's outline as SVG points over the video; empty while none is in sight. */
  const outline = ref('')
  const guard = createRepeatGuard(() => clock.now())
  let camera: Camera | null = null
  let stopLoop = (): void => {}
  // Counts openings, so that a camera that was asked for and comes after one has left is let go at once.
  let turn = 0

  async function open(): Promise<void> {
    close()
    const mine = (turn += 1)
    state.value = { is: 'opening' }
    const opened = await openCamera(navigator.mediaDevices as MediaDevices | undefined, isSecureContext)
    const element = video.value
    if (mine !== turn || element === null) {
      if (typeof opened !== 'string') opened.close()
      return
    }
    if (typeof opened === 'string') {
      state.value = { is: 'none', why: opened }
      return
    }
    camera = opened
    // The system may take the camera away (a call, another app); then the page says so and offers another try.
    opened.stream.getVideoTracks()[0]?.addEventListener('ended', () => {
      if (mine === turn) lose('busy')
    })
    element.srcObject = opened.stream
    try {
      await element.play()
    } catch {
      if (mine === turn) lose('failed')
      return
    }
    if (mine !== turn) return
    state.value = { is: 'running', light: opened.torch === null ? null : false }
    stopLoop = startFrameLoop(element, () => look(element))
  }

  async function look(element: HTMLVideoElement): Promise<void> {
    const { videoWidth: width, videoHeight: height } = element
    const seen = await pictures.frame(await grabFrame(element))
    if (camera === null) return
    if (!seen.ok) {
      if (seen.fault === 'no-reader') {
        stopLoop()
        failed()
      }
      return
    }
    const [first] = seen.codes
    outline.value =
      first && first.corners.length > 2
        ? toSvg(widened(onScreen(first.corners, { width, height }, { width: element.clientWidth, height: element.clientHeight }), 6))
        : ''
    const fresh = seen.codes.map(({ text }) => text).filter((text) => guard.isNew(text))
    if (fresh.length > 0) take(fresh)
  }

  function lose(why: NoCamera): void {
    close()
    state.value = { is: 'none', why }
  }

  function close(): void {
    turn += 1
    stopLoop()
    camera?.close()
    camera = null
    outline.value = ''
    if (video.value) video.value.srcObject = null
  }

  async function toggleLight(): Promise<void> {
    if (state.value.is !== 'running' || state.value.light === null) return
    const on = !state.value.light
    try {
      await camera?.torch?.(on)
      state.value = { is: 'running', light: on }
    } catch {
      state.value = { is: 'running', light: null }
    }
  }

  function whenSeen(): void {
    if (document.visibilityState === 'visible') void open()
    else close()
  }

  onMounted(() => {
    document.addEventListener('visibilitychange', whenSeen)
    void open()
  })
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', whenSeen)
    close()
    pictures.close()
  })

  return { state, outline, open, toggleLight }
}
