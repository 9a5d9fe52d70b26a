import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Command, ExitCode } from '../../src/cli/command.ts'
import { commands } from '../../src/cli/commands.ts'
import { dispatch } from '../../src/cli/dispatch.ts'

/** What a run of the command line left behind. */
export interface Ran {
  readonly exit: ExitCode
  readonly out: string
  readonly err: string
}

/** Runs the command line inside the test, with streams of its own. */
export async function piaozai(
  argv: readonly string[],
  input: string | Uint8Array | Readable = '',
  table: Record<string, Command> = commands,
): Promise<Ran> {
  const stdin = input instanceof Readable ? input : Readable.from([Buffer.from(input)])
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const [out, err] = [text(stdout), text(stderr)]
  const exit = await dispatch(table, argv, { stdin, stdout, stderr, env: {} })
  stdout.end()
  stderr.end()
  return { exit, out: await out, err: await err }
}
