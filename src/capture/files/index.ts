export { keepFile, type KeptFile } from './keep.ts'
export { captureByHand, putAside, readAgain } from './look.ts'
export type { FileOutcome } from './outcome.ts'
export { readWaiting, type FileDeps, type ReadingEnd, type ReadingFollower } from './read.ts'
