import { UsageError, type Command, type ExitCode, type Io } from './command.ts'

type Table = Readonly<Record<string, Command>>

/** Finds the command that `argv` names, runs it, and turns whatever goes wrong into a sentence on stderr; never a stack trace. */
export async function dispatch(table: Table, argv: readonly string[], io: Io): Promise<ExitCode> {
  const found = find(table, argv)
  if (found === null) {
    const asked = argv[0]
    if (asked === undefined || asked === 'help' || asked === '--help' || asked === '-h') {
      io.stderr.write(usageOf(table))
      return asked === undefined ? 2 : 0
    }
    io.stderr.write(`piaozai: no such command: ${printable(asked)}\n${usageOf(table)}`)
    return 2
  }
  try {
    const { run } = await found.command.load()
    return await run(found.args, io)
  } catch (error) {
    io.stderr.write(`piaozai ${found.name}: ${sentence(error)}\n`)
    if (!(error instanceof UsageError)) return 1
    io.stderr.write(`usage: piaozai ${found.command.usage}\n`)
    return 2
  }
}

/** The longest name wins: `registry import` before a command called `registry`. */
function find(table: Table, argv: readonly string[]): { name: string; command: Command; args: readonly string[] } | null {
  for (const words of [2, 1]) {
    const name = argv.slice(0, words).join(' ')
    const command = argv.length >= words && Object.hasOwn(table, name) ? table[name] : undefined
    if (command) return { name, command, args: argv.slice(words) }
  }
  return null
}

function usageOf(table: Table): string {
  const lines = Object.values(table).map(({ usage, does }) => `  piaozai ${usage}\n      ${does}`)
  return `usage:\n${lines.join('\n')}\n`
}

function sentence(error: unknown): string {
  return printable(error instanceof Error && error.message !== '' ? error.message : 'failed for an unknown reason')
}

/** Arguments and messages may hold what others wrote: a terminal must not obey it. */
function printable(text: string): string {
  const shown = text.replace(/\p{C}+/gu, ' ').trim()
  return shown.length > 500 ? `${shown.slice(0, 500)}…` : shown
}
