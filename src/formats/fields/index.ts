export { combine } from './combine.ts'
export { kindOfTitle, paperKind } from './kind-of-title.ts'
export { lineFields, type RawInvoice, type RawLine, type TextField } from './raw.ts'
export { maxLines, provenanceOf, toReading, type Reading } from './to-reading.ts'
