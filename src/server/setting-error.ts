import { readFileSync } from 'node:fs'

/** A setting that cannot be meant; `message` is a sentence for the operator, and never repeats a secret. */
export class SettingError extends Error {}

/**
 * The text of a file that a setting names.
 * @throws {SettingError} when it cannot be read.
 */
export function readSettingFile(setting: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'
    throw new SettingError(`${setting} names a file that cannot be read (${why}).`)
  }
}
