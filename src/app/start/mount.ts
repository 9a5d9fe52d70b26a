import { startWorker } from './worker.ts'

/** Puts the app in the place of the shell. */
export async function start(entry: string): Promise<void> {
  performance.mark('wallet-interactive')
  await startWorker(entry)
}
