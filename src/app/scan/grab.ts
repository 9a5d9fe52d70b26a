import type { PictureReader } from '../../capture/index.ts'

type Frame = Parameters<PictureReader['frame']>[0]

/** The picture a video shows now, to be given away. A VideoFrame is the camera's own buffer; where there is none, a copy is made. */
export async function grabFrame(video: HTMLVideoElement): Promise<Frame> {
  if (typeof VideoFrame === 'function') {
    try {
      return new VideoFrame(video)
    } catch {
      // Between two pictures, or a browser that has them for other sources only.
    }
  }
  return createImageBitmap(video)
}
