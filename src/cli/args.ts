import { parseArgs, type ParseArgsConfig } from 'node:util'
import { UsageError } from './command.ts'

/**
 * The options and words of a command.
 * @throws {UsageError} for an option it does not know.
 */
export function readOptions<T extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'unknown option')
  }
}

/** The one word after a command. */
export function onlyWord(words: readonly string[], what: string): string {
  const [word] = words
  if (word === undefined || words.length !== 1) throw new UsageError(`${what} is missing, or there is more than one`)
  return word
}
