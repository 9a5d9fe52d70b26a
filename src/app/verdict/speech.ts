import type { Answer, Kind, SourceClass, Verdict } from '../../domain/index.ts'
import { answerClass, ruleOf } from '../../domain/index.ts'

/** Every answer there is a word for. */
export type AnswerWord = Exclude<Verdict, 'red-flushed'> | 'red-flushed-full' | 'red-flushed-partial'

/** Whose answer it is; `nobody` when no source spoke. */
export type Speaker = SourceClass | 'nobody'

/** Which authority looks after a kind of invoice. */
export type Authority = 'tax' | 'fiscal'

/** Why nothing could be checked, as far as there are words for it. */
export type Uncheckable = 'no-authority-source' | 'kind-not-checkable' | 'kind-not-supported' | 'unknown'

export function answerWord(answer: Pick<Answer, 'verdict' | 'redFlush'>): AnswerWord {
  if (answer.verdict !== 'red-flushed') return answer.verdict
  return answer.redFlush === 'partial' ? 'red-flushed-partial' : 'red-flushed-full'
}

export function speakerOf(answer: Pick<Answer, 'verdict' | 'sources'>): Speaker {
  return answerClass(answer) ?? 'nobody'
}

export function authorityOf(kind: Kind): Authority {
  return ruleOf(kind).platform === 'fiscal' ? 'fiscal' : 'tax'
}

export function uncheckableBecause(detail: string | undefined): Uncheckable {
  switch (detail) {
    case 'no-authority-source':
    case 'kind-not-checkable':
    case 'kind-not-supported':
      return detail
    default:
      return 'unknown'
  }
}
