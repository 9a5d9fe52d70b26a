/** What an ASCII character may be: begin a name, go on with one, be white space. */
const begins = 1
const goesOn = 2
const isSpace = 4

const ascii = new Uint8Array(128)
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_:') ascii[char.charCodeAt(0)] = begins | goesOn
for (const char of '0123456789-.') ascii[char.charCodeAt(0)] = goesOn
for (const char of ' \t\r\n') ascii[char.charCodeAt(0)] = isSpace

/** NameStartChar and NameChar beyond ASCII (XML 1.0, fifth edition, 2.3). */
const laterBegins =
  /^[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\u{10000}-\u{effff}]$/u
const laterGoesOn = /^[\u00b7\u0300-\u036f\u203f\u2040]$/u

/** Where the name that begins at a place ends; the place itself when none begins there. */
export function nameEnd(text: string, at: number): number {
  let mask = begins
  let end = at
  for (;;) {
    const code = text.charCodeAt(end)
    if (code < 128) {
      if ((ascii[code]! & mask) === 0) return end
      end++
    } else {
      // The name of nothing is NaN, which is no character.
      const char = String.fromCodePoint(text.codePointAt(end) ?? 0)
      if (!laterBegins.test(char) && !(mask === goesOn && laterGoesOn.test(char))) return end
      end += char.length
    }
    mask = goesOn
  }
}

/** The first place from `at` on that holds no white space. */
export function spaceEnd(text: string, at: number): number {
  let end = at
  for (let code = text.charCodeAt(end); code < 128 && (ascii[code]! & isSpace) !== 0; code = text.charCodeAt(end)) end++
  return end
}

/** Whether a code point is one that XML may hold at all (XML 1.0, 2.2). */
export function isChar(point: number): boolean {
  return (
    (point >= 0x20 && point <= 0xd7ff) ||
    point === 9 ||
    point === 10 ||
    point === 13 ||
    (point >= 0xe000 && point <= 0xfffd) ||
    (point >= 0x10000 && point <= 0x10ffff)
  )
}

/** Whether a part of a text holds only characters that XML may hold. */
export function areChars(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (code >= 0x20 && code < 0xd800) continue
    const point = text.codePointAt(at)!
    if (!isChar(point)) return false
    if (point > 0xffff) at++
  }
  return true
}
