/** What only a worker may use of this room: it needs a worker's globals. */
export { serveReader, type ReadJudged } from './worker/serve.worker.ts'
