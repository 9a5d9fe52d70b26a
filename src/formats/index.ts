export * from './qr/index.ts'
export {
  readFile,
  readFiles,
  readers,
  type FileDraft,
  type FileFormat,
  type FileReading,
  type ReadOptions,
  type ReadPictures,
} from './file/index.ts'
export { openPackage, ofdLimits, zipLimits, type Entry, type Package } from './package/index.ts'
export { budgetOf, refusalOf, Refusal, type Budget, type RefusalCode } from './file/index.ts'
