// What the package has no types for.

/** The decoders that stand by themselves. */
declare module 'pdfjs-dist/legacy/image_decoders/pdf.image_decoders.min.mjs' {
  export class Jbig2Image {
    width: number
    height: number
    /** One byte a pixel, 0 black and 255 white. */
    parse(data: Uint8Array): Uint8Array
  }
}

/** Begins to serve when it is loaded in a worker. */
declare module 'pdfjs-dist/legacy/build/pdf.worker.min.mjs'
