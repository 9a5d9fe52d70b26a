export { findQrs, type FoundQr } from './find.ts'
