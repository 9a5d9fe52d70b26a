import { destination, pino, type Logger } from 'pino'
import { traceId } from './operations/trace.ts'

export type { Logger }

/**
 * The gateway's log: JSON lines on stderr (stdout belongs to machine output).
 * Nothing personal may go in: no query ids, numbers, codes, names, addresses or request paths; a test greps.
 */
export function createLog(level = 'info'): Logger {
  return pino(
    { level, base: null, mixin: () => traceOf(traceId()), timestamp: () => `,"at":"${new Date().toISOString()}"` },
    destination({ fd: 2, sync: true }),
  )
}

function traceOf(trace: string | undefined): object {
  return trace === undefined ? {} : { trace }
}

/** A log that says nothing; for tests and tools. */
export function silentLog(): Logger {
  return pino({ level: 'silent' })
}

/** What may be said about an error: its name and code, never its message, which can quote what was sent. */
export function faultOf(error: unknown): { fault: string; code?: string; where?: string } {
  if (!(error instanceof Error)) return { fault: 'unknown' }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const where = /\(?((?:file:|\/)[^\s()]+:\d+:\d+)\)?/.exec(error.stack ?? '')?.[1]
  return { fault: error.name, ...(code !== undefined && { code }), ...(where !== undefined && { where }) }
}
