/** Glyph names of the Latin letters, digits and signs an invoice uses (Adobe Glyph List), beside the letters that name themselves. */
const names: Readonly<Record<string, string>> = {
  space: ' ',
  exclam: '!',
  quotedbl: '"',
  numbersign: '#',
  dollar: '$',
  percent: '%',
  ampersand: '&',
  quotesingle: "'",
  quoteright: '’',
  quoteleft: '‘',
  parenleft: '(',
  parenright: ')',
  asterisk: '*',
  plus: '+',
  comma: ',',
  hyphen: '-',
  minus: '-',
  period: '.',
  slash: '/',
  zero: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  colon: ':',
  semicolon: ';',
  less: '<',
  equal: '=',
  greater: '>',
  question: '?',
  at: '@',
  bracketleft: '[',
  backslash: '\\',
  bracketright: ']',
  asciicircum: '^',
  underscore: '_',
  grave: '`',
  braceleft: '{',
  bar: '|',
  braceright: '}',
  asciitilde: '~',
  yen: '¥',
  multiply: '×',
  degree: '°',
  periodcentered: '·',
  bullet: '•',
  endash: '–',
  emdash: '—',
  ellipsis: '…',
}

/** The text of a glyph by its name; null for names that say nothing, such as `g12`. */
export function textOfGlyph(name: string): string | null {
  if (/^[A-Za-z]$/.test(name)) return name
  const known = names[name]
  if (known !== undefined) return known
  const hex = /^(?:uni([0-9A-F]{4})|u([0-9A-F]{4,6}))(?:\..*)?$/.exec(name)
  const code = hex ? Number.parseInt(hex[1] ?? hex[2] ?? '', 16) : Number.NaN
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : null
}
