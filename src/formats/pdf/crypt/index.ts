export { openLock, type Lock } from './lock.ts'
