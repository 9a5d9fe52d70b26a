import type { QueryWords } from '../zh-CN/query.ts'

export const queryEn: QueryWords = {
  title: 'Check',
  intro: 'Everything asked is kept in the wallet; nothing is lost while the answer is on its way',
  ask: 'Check',
  askLater: 'Save, check later',
  asking: 'Saving',
  another: 'Check another one',
  see: 'See this invoice',
  result: 'Result',
  elapsed: (seconds) => `${seconds} s so far, 5 s at most`,
  slow: (seconds) => `${seconds} s so far`,
  leave: 'No need to wait here; the answer will be in the wallet',
  uncheckable: 'Nobody checks this kind online; it can be kept in the wallet',
  refused: 'The gateway did not take this question; see To do for what helps',
  gone: 'This invoice is no longer in the wallet',
  toAdd: 'Save without checking',
  toOutbox: 'See To do',
}
