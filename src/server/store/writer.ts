import type { Database } from 'better-sqlite3'

interface Job {
  readonly run: () => void
  readonly done: () => void
  readonly fail: (error: unknown) => void
}

/** Writes in groups; see {@link createWriter}. */
export interface Writer {
  /** Runs `work` in the next transaction; resolves with its result once that is durable. */
  write<T>(work: () => T): Promise<T>
  /** Commits now what waits. */
  flush(): void
}

/**
 * Group commit: what wants to be written in the same turn of the event loop goes into one transaction, so that a hundred concurrent queries
 * cost one fsync. A job that throws is undone alone; if the commit itself fails, all of them fail. Jobs may be run twice, and do nothing but write.
 */
export function createWriter(db: Database): Writer {
  let waiting: Job[] = []

  const inSavepoint = db.transaction((run: () => void) => run())
  const together = db.transaction((jobs: readonly Job[], onThrow: () => void) => {
    for (const job of jobs) {
      try {
        job.run()
      } catch (error) {
        onThrow()
        throw error
      }
    }
  })
  const apart = db.transaction((jobs: readonly Job[]) => {
    const failures = new Map<Job, unknown>()
    for (const job of jobs) {
      try {
        inSavepoint(job.run)
      } catch (error) {
        if (!db.inTransaction) throw error // the whole transaction is gone: disk full, I/O error
        failures.set(job, error)
      }
    }
    return failures
  })

  /** Jobs hardly ever throw, and a savepoint of its own copies every page that a job writes: only after one threw do they run in one each. */
  function commit(jobs: readonly Job[]): ReadonlyMap<Job, unknown> {
    let hasThrown = false
    try {
      together.immediate(jobs, () => (hasThrown = true))
      return new Map()
    } catch (error) {
      if (!hasThrown) throw error
      return apart.immediate(jobs)
    }
  }

  function flush(): void {
    const jobs = waiting
    waiting = []
    if (jobs.length === 0) return
    try {
      const failures = commit(jobs)
      for (const job of jobs) {
        if (failures.has(job)) job.fail(failures.get(job))
        else job.done()
      }
    } catch (error) {
      for (const job of jobs) job.fail(error)
    }
  }

  return {
    flush,
    write<T>(work: () => T): Promise<T> {
      return new Promise((resolve, reject) => {
        let value: T
        if (waiting.length === 0) setImmediate(flush)
        waiting.push({ run: () => void (value = work()), done: () => resolve(value), fail: reject })
      })
    },
  }
}
