export { openReference, type Kept, type Reference } from './reference.ts'
export { keepStatus } from './keep-status.ts'
