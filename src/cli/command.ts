import type { Readable, Writable } from 'node:stream'

/** 0 done · 1 some inputs failed, the rest is done · 2 the command was not used as it says. */
export type ExitCode = 0 | 1 | 2

/** What a command may touch of the process. Machine output goes to stdout, messages for people to stderr. */
export interface Io {
  readonly stdin: Readable
  readonly stdout: Writable
  readonly stderr: Writable
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * Runs a command with the arguments after its name.
 * Throws {@link UsageError} when they make no sense (exit 2); any other error is told in one line, exit 1.
 */
export type Run = (args: readonly string[], io: Io) => Promise<ExitCode>

/** One line of the table: how it is typed, what it does, and where its code is; loaded only when it is asked for. */
export interface Command {
  readonly usage: string
  readonly does: string
  readonly load: () => Promise<{ readonly run: Run }>
}

/** The command was typed in a way it does not understand. The message says what would be right. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
