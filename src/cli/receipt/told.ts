import { toWireMoney, toWireTime } from '../../api/index.ts'
import type { CheckedReceipt, ReceiptContents, Uncheckable } from '../../authenticity/index.ts'

/** What checking came to, for programs: one JSON line. */
export function toLine(checked: CheckedReceipt): object {
  return checked.is === 'valid' ? { ...checked, contents: toWire(checked.contents) } : checked
}

function toWire({ status, class: by, at, asOf, amount, ...rest }: ReceiptContents): object {
  return { status, class: by, at: toWireTime(at), asOf: toWireTime(asOf), ...rest, amount: amount === null ? null : toWireMoney(amount) }
}

const doubts: Readonly<Record<Uncheckable, string>> = {
  'unknown-key': 'the key that signed it is not at hand (--keys names a saved list of the gateway)',
  'later-version': 'it is written in a way that only a newer version reads',
  'key-out-of-period': 'the key that signed it was not in use then',
  'key-revoked': 'the key that signed it was revoked',
}

/** The same for people. What cannot be checked is said to be that, and never to be wrong. */
export function toSentence(checked: CheckedReceipt): string {
  switch (checked.is) {
    case 'valid':
      return `${checked.id} signed by the gateway "${checked.gateway}": ${said(checked.contents)}. It is no tax document.`
    case 'altered':
      return `${checked.id} 签名不符: text and signature do not fit, it may be altered or miscopied; nothing follows from it`
    case 'uncheckable':
      return `无法核对${checked.id === null ? '' : ` ${checked.id}`}: ${doubts[checked.because]}; whether it is genuine cannot be said`
    case 'malformed':
      return 'no receipt: it begins with FPR1 and has 160 characters'
  }
}

function said({ status, class: by, at, asOf, orEarlier }: ReceiptContents): string {
  if (status === 'ticket') return `the question was taken in at ${toWireTime(at)}; there was no answer yet`
  const demo = by === 'demo' ? '演示数据, ' : ''
  return `${demo}"${status}" from ${by ?? 'nobody'} at ${toWireTime(at)}, data as of ${toWireTime(asOf)}${orEarlier ? ' or earlier' : ''}`
}
