import type { Invoice } from './invoice.ts'

/** GB/T 2260 provinces and, in 20-digit numbers, the five cities with a tax bureau of their own (91–95). */
export const regions: Readonly<Record<string, string>> = {
  11: '北京',
  12: '天津',
  13: '河北',
  14: '山西',
  15: '内蒙古',
  21: '辽宁',
  22: '吉林',
  23: '黑龙江',
  31: '上海',
  32: '江苏',
  33: '浙江',
  34: '安徽',
  35: '福建',
  36: '江西',
  37: '山东',
  41: '河南',
  42: '湖北',
  43: '湖南',
  44: '广东',
  45: '广西',
  46: '海南',
  50: '重庆',
  51: '四川',
  52: '贵州',
  53: '云南',
  54: '西藏',
  61: '陕西',
  62: '甘肃',
  63: '青海',
  64: '宁夏',
  65: '新疆',
  91: '大连',
  92: '青岛',
  93: '宁波',
  94: '厦门',
  95: '深圳',
}

/**
 * The two-digit region an invoice says it is from: in a 20-digit number digits 3–4, in a 12-digit code digits 2–3 (the first says which
 * authority had it printed), else the first two of the code.
 * @returns null where the identifier is incomplete.
 */
export function regionOf(invoice: Pick<Invoice, 'code' | 'number'>): string | null {
  const { code, number } = invoice
  if (code === null) return number?.length === 20 ? number.slice(2, 4) : null
  return code.length === 12 ? code.slice(1, 3) : code.slice(0, 2)
}
