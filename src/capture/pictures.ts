/** A code seen in a picture: its text, and its corners in pixels of that picture, in order around it. */
export interface SeenCode {
  readonly text: string
  readonly corners: readonly { readonly x: number; readonly y: number }[]
}

/** Why a picture could not be looked at: it is no picture or broken · it is too large to open safely · the reader did not start or died. */
export type PictureFault = 'unreadable' | 'too-large' | 'no-reader'

/** What came of looking at a picture. An empty list of codes is a picture without one. */
export type Seen = { readonly ok: true; readonly codes: readonly SeenCode[] } | { readonly ok: false; readonly fault: PictureFault }

/** Finds QR codes in camera frames and pictures, apart from the page. It starts with the first picture and looks at one at a time. */
export interface PictureReader {
  /** A camera frame, quickly: another one follows. The bitmap is given away. */
  frame(frame: ImageBitmap): Promise<Seen>
  /** A photo or screenshot, with patience, for several codes. */
  picture(file: Blob): Promise<Seen>
  /** Lets the worker go; the next picture starts a new one. */
  close(): void
}

/** For where no reader can be started: every picture is answered with that, and the other ways in stay. */
export const noPictureReader: PictureReader = {
  frame(frame) {
    frame.close()
    return Promise.resolve({ ok: false, fault: 'no-reader' })
  },
  picture: () => Promise.resolve({ ok: false, fault: 'no-reader' }),
  close() {},
}
