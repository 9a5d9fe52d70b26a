import { createJobs, type ReaderWorker } from '../worker/jobs.ts'
import type { JudgedReading } from './reading.ts'

/** What reading a file in the worker gave. */
export interface FileReport {
  /** One, or for an archive one for each file in it that was reached. */
  readonly readings: readonly JudgedReading[]
  /**
   * `whole`: to its end · `late`: it hung the reader, which was stopped · `died`: it took the reader down ·
   * `no-reader`: none could be started, which says nothing of the file.
   */
  readonly end: 'whole' | 'late' | 'died' | 'no-reader'
}

/** Reads files apart from the page, one at a time. It starts with the first one. */
export interface FileReader {
  /**
   * Reads a file whatever it holds; the bytes are given away. Rejects with the reason of its `signal` only.
   * @param lists what the worker judges signatures by, handed over as it is.
   */
  read(bytes: ArrayBuffer, name: string, signal?: AbortSignal, lists?: unknown): Promise<FileReport>
  /** Lets the worker go; the next file starts a new one. */
  close(): void
}

/** Milliseconds. */
export interface FileReaderTimes {
  /** Without a file for so long the worker ends. */
  readonly idle?: number
  /** A worker that says nothing for so long over a file hangs; it stops by itself before. The first job also loads the readers. */
  readonly silence?: number
}

/**
 * The page's side of the reading worker, for files.
 * @param startWorker makes the module worker that calls `serveReader`; the app's own, because it passes through Trusted Types.
 */
export function createFileReader(startWorker: () => ReaderWorker, times: FileReaderTimes = {}): FileReader {
  const { idle = 30_000, silence = 20_000 } = times
  const jobs = createJobs(startWorker, idle)
  let lastId = 0
  return {
    read(bytes, name, signal, lists) {
      const readings: JudgedReading[] = []
      let begun = false
      return jobs.run<FileReport>(
        {
          request: { is: 'file', id: ++lastId, bytes, name, lists },
          transfer: [bytes],
          limit: silence,
          take(answer) {
            if ('judged' in answer) readings.push(answer.judged)
            else if ('step' in answer) begun = true
            return 'step' in answer && answer.step === 'end' ? { readings, end: 'whole' } : undefined
          },
          lost: (why) => ({ readings, end: begun && why !== 'none' ? why : 'no-reader' }),
        },
        signal,
      )
    },
    close: () => jobs.close(),
  }
}
