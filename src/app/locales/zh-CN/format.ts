/** Dates, times and ages. Dates are set tight; counts and times get a typed space. */
export const formatZh = {
  date: (year: number, month: number, day: number) => `${year}年${month}月${day}日`,
  shortDate: (month: number, day: number) => `${month}月${day}日`,
  month: (year: number, month: number) => `${year}年${month}月`,
  undated: '没有日期',
  justNow: '刚刚',
  minutesAgo: (count: number) => `${count} 分钟前`,
  hoursAgo: (count: number) => `${count} 小时前`,
  yesterday: '昨天',
  daysAgo: (count: number) => `${count} 天前`,
  soon: '马上',
  today: (time: string) => `今天 ${time}`,
  tonight: (time: string) => `今晚 ${time}`,
  tomorrow: (time: string) => `明天 ${time}`,
  tomorrowMorning: (time: string) => `明早 ${time}`,
  tomorrowNight: (time: string) => `明晚 ${time}`,
  yesterdayAt: (time: string) => `昨天 ${time}`,
  dateAt: (date: string, time: string) => `${date} ${time}`,
  currency: '人民币',
}

export type FormatWords = typeof formatZh
