export { ask } from './ask.ts'
export { drain, type DrainReport, type OutboxDeps } from './drain.ts'
export { startDraining, syncTag, type DrainingDeps, type SyncRegistration } from './start.ts'
