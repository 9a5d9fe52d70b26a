import type { Element } from '../../domain/index.ts'
import type { EntryWords } from '../locales/zh-CN/entry.ts'
import type { FieldFault } from './form.ts'

/** What is wrong with a field, as a sentence that says what to do. `name` is what the field is called on this kind of invoice. */
export function faultText(fault: FieldFault, element: Element, name: string, text: EntryWords['faults']): string {
  switch (fault.is) {
    case 'empty':
      return text.empty(name)
    case 'not-digits':
      return text.notDigits(name)
    case 'length': {
      const want = fault.want.join(text.or)
      return fault.have < Math.min(...fault.want) ? text.tooFew(name, fault.have, want) : text.tooMany(name, fault.have, want)
    }
    case 'not-a-date':
      return text.notADate
    case 'future':
      return text.future
    case 'not-money':
      return text.notMoney
    case 'too-short':
      return element === 'hash' ? text.hash : text.checkCode
  }
}
