/** Why there is no picture. Each has a sentence and other ways; none is a wall. */
export type NoCamera = 'refused' | 'none' | 'busy' | 'insecure' | 'failed'

/** A running camera. `torch` null: this one has no light that a page may switch. */
export interface Camera {
  readonly stream: MediaStream
  readonly torch: ((on: boolean) => Promise<void>) | null
  close(): void
}

/** A back camera sharp enough that a QR on an A4 page still has several pixels a module. */
const wanted = {
  audio: false,
  video: {
    facingMode: { ideal: 'environment' },
    width: { ideal: 1920, min: 640 },
    height: { ideal: 1080, min: 480 },
    // The camera's own picture: a browser that crops and scales would blur the modules.
    resizeMode: { ideal: 'none' },
  },
} satisfies MediaStreamConstraints & { video: { resizeMode: ConstrainDOMString } }

/**
 * Opens the camera.
 * @param devices `navigator.mediaDevices`: undefined where the page was not loaded securely, or the browser has none.
 * @returns the camera, or why there is none; it never throws.
 */
export async function openCamera(devices: MediaDevices | undefined, secure: boolean): Promise<Camera | NoCamera> {
  if (!devices?.getUserMedia) return secure ? 'none' : 'insecure'
  try {
    return cameraOf(await devices.getUserMedia(wanted))
  } catch (error) {
    // A camera that cannot do 640×480 is still better than none.
    if (nameOf(error) !== 'OverconstrainedError') return reasonOf(error)
  }
  try {
    return cameraOf(await devices.getUserMedia({ audio: false, video: true }))
  } catch (error) {
    return reasonOf(error)
  }
}

function cameraOf(stream: MediaStream): Camera {
  const [track] = stream.getVideoTracks()
  const capabilities: MediaTrackCapabilities & { readonly torch?: boolean } = track?.getCapabilities?.() ?? {}
  return {
    stream,
    torch:
      track && capabilities.torch === true
        ? (on) => track.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] })
        : null,
    close: () => stream.getTracks().forEach((one) => one.stop()),
  }
}

function reasonOf(error: unknown): NoCamera {
  switch (nameOf(error)) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'refused'
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'none'
    case 'NotReadableError':
    case 'AbortError':
      return 'busy'
    default:
      return 'failed'
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error || (typeof error === 'object' && error !== null && 'name' in error) ? String(error.name) : ''
}
