export { captureAsked } from './asked.ts'
export { capture, type Captured, type CaptureDeps } from './capture.ts'
export { complete, type TypedValues } from './complete.ts'
export { captureText, readText } from './text.ts'
