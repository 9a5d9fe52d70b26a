import type { Problem } from '../domain/index.ts'
import type { Stored } from './database.ts'
import type { Damaged, FileProblem, UnreadFile } from './entry.ts'
import { instant, list, needInstant, needOneOf, needText, text, total } from './read.ts'

export function storeFile({ sha256, name, type, size, at, state }: UnreadFile): Stored {
  const { is, ...rest } = state
  return { sha256, name, type, size, at, state: is, ...rest }
}

/** Total: what cannot be read comes out as damaged. */
export function readFile(value: unknown): UnreadFile | Damaged {
  return total('files', value, (row) => ({
    sha256: needText(row.sha256, 'sha256'),
    name: text(row.name) ?? '',
    type: text(row.type) ?? '',
    size: instant(row.size) ?? 0,
    at: needInstant(row.at, 'at'),
    state:
      needOneOf(row.state, ['waiting', 'look'], 'state') === 'waiting'
        ? { is: 'waiting', tries: instant(row.tries) ?? 0 }
        : { is: 'look', found: instant(row.found) ?? 0, problems: list(row.problems, problem), by: text(row.by) ?? '' },
  }))
}

function problem({ code, message, file }: Stored): FileProblem {
  const told: Problem = { code: text(code) ?? '', message: text(message) ?? '' }
  return { ...told, file: text(file) }
}

/** First kept first. */
export function inOrder(a: UnreadFile, b: UnreadFile): number {
  return a.at - b.at || (a.sha256 < b.sha256 ? -1 : 1)
}
