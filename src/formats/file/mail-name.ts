/**
 * The name of a file as mail programs and archives deliver it, made readable: percent-encoded UTF-8 or GBK, and RFC 2047 words
 * (`=?utf-8?B?…?=`). What does not decode stays as it is.
 */
export function readableName(name: string): string {
  return fromPercent(fromWords(name))
}

function fromPercent(name: string): string {
  if (!/%[0-9a-f]{2}/i.test(name)) return name
  const bytes: number[] = []
  for (let at = 0; at < name.length;) {
    const code = /^%([0-9a-f]{2})/i.exec(name.slice(at, at + 3))?.[1]
    if (code !== undefined) {
      bytes.push(Number.parseInt(code, 16))
      at += 3
    } else {
      const char = String.fromCodePoint(name.codePointAt(at) ?? 0)
      bytes.push(...new TextEncoder().encode(char))
      at += char.length
    }
  }
  return safe(decode(Uint8Array.from(bytes)) ?? name, name)
}

function fromWords(name: string): string {
  const joined = name.replace(/\?=\s+=\?/g, '?==?')
  const decoded = joined.replace(/=\?([\w-]+)\?([BQ])\?([^?]*)\?=/gi, (word, charset: string, form: string, text: string) => {
    try {
      const binary =
        form.toUpperCase() === 'B'
          ? atob(text)
          : text.replaceAll('_', ' ').replace(/=([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
      return new TextDecoder(charset).decode(Uint8Array.from(binary, (char) => char.charCodeAt(0)))
    } catch {
      return word
    }
  })
  return safe(decoded, name)
}

function decode(bytes: Uint8Array): string | null {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch {
      // The next one may fit.
    }
  }
  return null
}

/** Decoding must not make a path out of a name. */
function safe(decoded: string, name: string): string {
  return /[\p{Cc}\\]|\.\.\//u.test(decoded) || decoded.split('/').length !== name.split('/').length ? name : decoded
}
