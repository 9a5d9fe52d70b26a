import { BaseSequencer } from 'vitest/node'

type Files = Parameters<BaseSequencer['sort']>[0]

/** What takes longest by far, longest first: begun last, one of them would keep one core busy while the other has nothing left to do. */
const longest = [
  'tests/fault/r1-kill.test.ts',
  'tests/formats/picture/degraded.test.ts',
  'tests/fault/r1-lives.test.ts',
  'tests/fault/r2-http.test.ts',
  'tests/cli/drill.test.ts',
] as const

/** The order of the test files: the longest first, then as vitest has them. A fresh clone has no times of an earlier run to go by. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: Files): Promise<Files> {
    const rank = ({ moduleId }: Files[number]) => {
      const at = longest.findIndex((path) => moduleId.endsWith(path))
      return at === -1 ? longest.length : at
    }
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}
