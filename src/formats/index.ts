export * from './qr/index.ts'
export {
  openOfd,
  openXml,
  readFile,
  readFiles,
  readPdfSignatures,
  refusalOf,
  walkFiles,
  type FileDraft,
  type FileFormat,
  type FileReading,
  type JudgedReading,
  type OfdFile,
  type PdfSignature,
  type Picture,
  type ReadOptions,
  type ReadPictures,
} from './file/index.ts'
export { ofdLimits, zipLimits } from './package/limits.ts'
export type { Entry } from './package/index.ts'
export { all, child, textOf, type XmlElement } from './xml/element.ts'
export { createPictureReader, readPictureFile, type PictureFault, type PictureReader, type ReadCode, type Seen } from './picture/index.ts'
export { createFileReader, type FileReader, type FileReport } from './file/bridge.ts'
export type { ReaderWorker } from './worker/jobs.ts'
export { createShowOriginal, type Opened, type ShowOriginal, type ShowWorker } from './show/bridge.ts'
export type { InvoiceForm, Wanted } from './show/shown.ts'
export type * from './ofd/page/scene.ts'
