import type { PictureReader } from '../formats/index.ts'

export { createPictureReader } from '../formats/index.ts'
export type { PictureFault, PictureReader, Seen, ReadCode as SeenCode } from '../formats/index.ts'

/** For where no reader can be started: every picture is answered with that, and the other ways in stay. */
export const noPictureReader: PictureReader = {
  frame(frame) {
    frame.close()
    return Promise.resolve({ ok: false, fault: 'no-reader' })
  },
  picture: () => Promise.resolve({ ok: false, fault: 'no-reader' }),
  close() {},
}
