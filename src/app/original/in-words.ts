import type { Fen } from '../../domain/index.ts'

const digits = '零壹贰叁肆伍陆柒捌玖'
const places = ['', '拾', '佰', '仟']
const blocks = ['', '万', '亿', '万亿']

/** An amount as invoices spell it: 壹仟贰佰叁拾肆圆伍角整. */
export function amountInWords(fen: Fen): string {
  const whole = Math.floor(Math.abs(fen) / 100)
  const cents = Math.abs(fen) % 100
  const [jiao, last] = [Math.floor(cents / 10), cents % 10]
  const part = (digit: number, unit: string) => (digit === 0 ? '' : `${digits[digit]}${unit}`)
  const yuan = whole === 0 ? '' : `${wholeInWords(whole)}圆`
  const gap = whole > 0 && jiao === 0 && last > 0 ? '零' : ''
  const rest = cents === 0 ? '整' : `${gap}${part(jiao, '角')}${part(last, '分')}${last === 0 ? '整' : ''}`
  return `${fen < 0 ? '负' : ''}${yuan || (cents === 0 ? '零圆' : '')}${rest}`
}

/** Blocks of four figures; a gap between figures is one 零. */
function wholeInWords(whole: number): string {
  let words = ''
  let gap = false
  for (let block = 3; block >= 0; block--) {
    const figures = Math.floor(whole / 10_000 ** block) % 10_000
    if (figures === 0) {
      gap ||= words !== ''
      continue
    }
    for (let place = 3; place >= 0; place--) {
      const digit = Math.floor(figures / 10 ** place) % 10
      if (digit === 0) gap ||= words !== ''
      else {
        words += `${gap ? '零' : ''}${digits[digit]}${places[place]}`
        gap = false
      }
    }
    gap = false
    words += blocks[block]
    // A block that ends in noughts does not join the next one closely.
    if (figures % 10 === 0) gap = true
  }
  return words
}
