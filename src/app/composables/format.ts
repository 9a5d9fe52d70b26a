import { computed, type ComputedRef } from 'vue'
import type { CalendarDate, Instant } from '../../domain/index.ts'
import { age, longDate, moment, monthOf, shortDate, stamp, upcoming } from '../format/date.ts'
import { useFormatWords } from '../locales/format.ts'
import { useNow } from './now.ts'

/** Dates, ages and times in the language on screen and at the time it is. */
export interface Formats {
  date(date: CalendarDate): string
  shortDate(date: CalendarDate): string
  month(date: CalendarDate): string
  age(at: Instant): string
  moment(at: Instant): string
  stamp(at: Instant): string
  upcoming(at: Instant): string
}

/** The formats of `format/`, bound to the words and the clock. A computed, so that templates follow both. */
export function useFormats(): ComputedRef<Formats> {
  const words = useFormatWords()
  const now = useNow()
  return computed(() => {
    const [w, n] = [words.value, now.value]
    return {
      date: (date) => longDate(date, w),
      shortDate: (date) => shortDate(date, w),
      month: (date) => monthOf(date, w),
      age: (at) => age(at, n, w),
      moment: (at) => moment(at, n, w),
      stamp: (at) => stamp(at, n, w),
      upcoming: (at) => upcoming(at, n, w),
    }
  })
}
