import { computed, type ComputedRef } from 'vue'
import type { FileProblem } from '../../wallet/index.ts'
import { useFilesWords } from '../locales/files.ts'
import { useShellWords } from '../locales/shell.ts'
import type { FileResult } from '../stores/file-intake.ts'

/** The sentences about files. */
export interface FileText {
  /** Why a file needs a look: the first reason; one inside an archive is named. */
  why(problems: readonly FileProblem[]): string
  /** What came of a file. */
  result(result: FileResult): string
}

export function useFileText(): ComputedRef<FileText> {
  const words = useFilesWords()
  const shell = useShellWords()
  return computed(() => {
    const { why, whyOther, inside, result: said, refused } = words.value
    const reason = (problems: readonly FileProblem[]) => {
      const [first] = problems
      if (first === undefined) return ''
      const text = why[first.code] ?? whyOther(first.code)
      return first.file === null ? text : inside(first.file.slice(first.file.indexOf('/') + 1), text)
    }
    return {
      why: reason,
      result(one) {
        if (one.is === 'same') return said.same(one.as)
        if (one.is === 'refused') return one.fault === null ? refused[one.why] : `${refused[one.why]}：${shell.value.fault[one.fault]}`
        const { captured, problems } = one.outcome
        const merged = captured.filter(({ knownSince }) => knownSince !== null).length
        const added = captured.length - merged
        const parts = [
          added === 0 ? null : captured.length === 1 ? said.one : said.many(added),
          merged === 0 ? null : captured.length === 1 ? said.merged : said.mergedMany(merged),
          one.again ? said.again : null,
          problems.length > 0 ? reason(problems) : null,
        ]
        return parts.filter((part) => part !== null).join(said.comma)
      },
    }
  })
}
