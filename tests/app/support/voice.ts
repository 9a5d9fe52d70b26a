import { age, longDate, moment, monthOf, shortDate, stamp, upcoming } from '../../../src/app/format/date.ts'
import { formatZh } from '../../../src/app/locales/zh-CN/format.ts'
import { termsZh } from '../../../src/app/locales/zh-CN/terms.ts'
import { verdictsZh } from '../../../src/app/locales/zh-CN/verdicts.ts'
import type { Voice } from '../../../src/app/verdict/stub.ts'
import { now } from './samples.ts'

/** Chinese words and formats at the time of the samples. */
export const voice: Voice = {
  verdicts: verdictsZh,
  terms: termsZh,
  now,
  formats: {
    date: (date) => longDate(date, formatZh),
    shortDate: (date) => shortDate(date, formatZh),
    month: (date) => monthOf(date, formatZh),
    age: (at) => age(at, now, formatZh),
    moment: (at) => moment(at, now, formatZh),
    stamp: (at) => stamp(at, now, formatZh),
    upcoming: (at) => upcoming(at, now, formatZh),
  },
}
