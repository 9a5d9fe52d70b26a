export { openReference, type Kept, type Reference } from './reference.ts'
export { followWays, useKeptWays } from './keep-ways.ts'
export { keepStatus } from './keep-status.ts'
