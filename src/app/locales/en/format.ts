import type { FormatWords } from '../zh-CN/format.ts'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const monthName = (month: number) => months[month - 1] ?? ''
const plural = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'} ago`

export const formatEn: FormatWords = {
  date: (year, month, day) => `${day} ${monthName(month)} ${year}`,
  shortDate: (month, day) => `${day} ${monthName(month)}`,
  month: (year, month) => `${monthName(month)} ${year}`,
  undated: 'No date',
  justNow: 'just now',
  minutesAgo: (count) => `${count} min ago`,
  hoursAgo: (count) => plural(count, 'hour'),
  yesterday: 'yesterday',
  daysAgo: (count) => plural(count, 'day'),
  soon: 'shortly',
  today: (time) => `today ${time}`,
  tonight: (time) => `tonight ${time}`,
  tomorrow: (time) => `tomorrow ${time}`,
  tomorrowMorning: (time) => `tomorrow ${time}`,
  tomorrowNight: (time) => `tomorrow ${time}`,
  yesterdayAt: (time) => `yesterday ${time}`,
  dateAt: (date, time) => `${date}, ${time}`,
  currency: 'CNY',
}
