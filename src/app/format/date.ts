import { dateAt, daysBetween, type CalendarDate, type Instant } from '../../domain/index.ts'
import type { FormatWords } from '../locales/zh-CN/format.ts'

const minute = 60_000
const hour = 60 * minute

/** 2025年6月9日 */
export function longDate(date: CalendarDate, words: FormatWords): string {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  return words.date(year, month, day)
}

/** 6月9日: under a heading that says the year. */
export function shortDate(date: CalendarDate, words: FormatWords): string {
  const [, month = 0, day = 0] = date.split('-').map(Number)
  return words.shortDate(month, day)
}

/** 2025年6月 of any date in it. */
export function monthOf(date: CalendarDate, words: FormatWords): string {
  const [year = 0, month = 0] = date.split('-').map(Number)
  return words.month(year, month)
}

/** 20:10, Shanghai. */
export function clockTime(at: Instant): string {
  return new Date(at + 8 * hour).toISOString().slice(11, 16)
}

/** How long ago: 刚刚, 5 分钟前, 2 小时前, 昨天, 3 天前, then the date. A time in the future (a wrong clock) is 刚刚. */
export function age(at: Instant, now: Instant, words: FormatWords): string {
  const passed = now - at
  const days = daysBetween(dateAt(at), dateAt(now))
  if (passed < minute) return words.justNow
  if (passed < hour) return words.minutesAgo(Math.floor(passed / minute))
  if (days === 0) return words.hoursAgo(Math.floor(passed / hour))
  if (days === 1) return words.yesterday
  if (days < 30) return words.daysAgo(days)
  return pastDate(at, now, words)
}

/** A moment that has passed, with its time: 今天 10:32, 昨天 18:20, 6月9日 10:32, 2024年6月9日 10:32. */
export function moment(at: Instant, now: Instant, words: FormatWords): string {
  const time = clockTime(at)
  const days = daysBetween(dateAt(at), dateAt(now))
  if (days === 0) return words.today(time)
  if (days === 1) return words.yesterdayAt(time)
  return words.dateAt(pastDate(at, now, words), time)
}

/** The short stamp at the right edge of a timeline: 10:32 today, 昨天 10:32, else 6月9日. */
export function stamp(at: Instant, now: Instant, words: FormatWords): string {
  const days = daysBetween(dateAt(at), dateAt(now))
  if (days === 0) return clockTime(at)
  if (days === 1) return words.yesterdayAt(clockTime(at))
  return pastDate(at, now, words)
}

/** A moment to come: 马上, 今天 15:00, 今晚 20:10, 明早 08:40, 明天 14:00, 6月12日 08:40. */
export function upcoming(at: Instant, now: Instant, words: FormatWords): string {
  if (at - now < minute) return words.soon
  const time = clockTime(at)
  const oclock = Number(time.slice(0, 2))
  const days = daysBetween(dateAt(now), dateAt(at))
  if (days === 0) return oclock >= 18 ? words.tonight(time) : words.today(time)
  if (days === 1) {
    if (oclock >= 5 && oclock < 12) return words.tomorrowMorning(time)
    return oclock >= 18 ? words.tomorrowNight(time) : words.tomorrow(time)
  }
  return words.dateAt(pastDate(at, now, words), time)
}

function pastDate(at: Instant, now: Instant, words: FormatWords): string {
  const date = dateAt(at)
  return date.slice(0, 4) === dateAt(now).slice(0, 4) ? shortDate(date, words) : longDate(date, words)
}
