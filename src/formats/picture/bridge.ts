import { createJobs, type Lost, type ReaderWorker } from '../worker/jobs.ts'
import type { CameraFrame, ReaderAnswer } from '../worker/messages.ts'
import type { Seen } from './seen.ts'

/** Finds QR codes in camera frames and pictures, apart from the page. It starts with the first picture and looks at one at a time. */
export interface PictureReader {
  /** A camera frame, quickly: another one follows. The frame is given away. */
  frame(frame: CameraFrame, signal?: AbortSignal): Promise<Seen>
  /** A photo or screenshot, with patience, for several codes. Refuses more than 40 megapixels unopened. */
  picture(file: Blob, signal?: AbortSignal): Promise<Seen>
  /** Lets the worker go; what is waiting or under way ends as `no-reader`. The next picture starts a new one. */
  close(): void
}

/** Milliseconds. */
export interface PictureReaderTimes {
  /** Without a job for so long the worker ends. */
  readonly idle?: number
  /** A frame that takes longer has hung the worker (its first job also loads the engine). */
  readonly frame?: number
  readonly picture?: number
}

const noReader: Seen = { ok: false, fault: 'no-reader' }
const unreadable: Seen = { ok: false, fault: 'unreadable' }

/**
 * The page's side of the reading worker, for pictures.
 * @param startWorker makes the module worker that calls `serveReader`; the app's own, because it passes through Trusted Types.
 * @returns a reader whose calls never reject but with the reason of their own `signal`.
 */
export function createPictureReader(startWorker: () => ReaderWorker, times: PictureReaderTimes = {}): PictureReader {
  const { idle = 30_000, frame: frameLimit = 10_000, picture: pictureLimit = 20_000 } = times
  const jobs = createJobs(startWorker, idle)
  const take = (answer: ReaderAnswer) => ('seen' in answer ? answer.seen : undefined)
  let lastId = 0
  return {
    frame(frame, signal) {
      const request = { is: 'frame', id: ++lastId, frame } as const
      return jobs.run({ request, transfer: [frame], limit: frameLimit, take, lost: () => noReader }, signal)
    },
    async picture(file, signal) {
      const bytes = await file.arrayBuffer().catch(() => null)
      if (!bytes) return unreadable
      const request = { is: 'picture', id: ++lastId, bytes, type: file.type } as const
      // A picture over which the worker hangs is not to be read; one over which it died may have had bad luck.
      const lost = (why: Lost) => (why === 'late' ? unreadable : noReader)
      return jobs.run({ request, transfer: [bytes], limit: pictureLimit, take, lost }, signal)
    },
    close: () => jobs.close(),
  }
}
