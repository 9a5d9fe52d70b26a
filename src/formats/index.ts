export * from './qr/index.ts'
export {
  readFile,
  readFiles,
  type FileDraft,
  type FileFormat,
  type FileReading,
  type ReadOptions,
  type ReadPictures,
} from './file/index.ts'
export { ofdLimits, zipLimits } from './package/limits.ts'
export {
  createPictureReader,
  readPictureFile,
  type PictureFault,
  type PictureReader,
  type PictureWorker,
  type ReadCode,
  type Seen,
} from './picture/index.ts'
