import { Refusal } from '../file/refusal.ts'
import { maxName } from './limits.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The name of an entry: UTF-8 where the bytes are, else GBK, which Windows writes here. Separators are made `/`. */
export function decodeName(bytes: Uint8Array): string {
  if (bytes.length === 0 || bytes.length > maxName) throw new Refusal('package-path', 'An entry has no name, or a far too long one')
  try {
    return checked(utf8.decode(bytes))
  } catch (error) {
    if (error instanceof Refusal) throw error
    return checked(new TextDecoder('gb18030').decode(bytes))
  }
}

function checked(name: string): string {
  const path = name.replaceAll('\\', '/')
  const bad = path.startsWith('/') || /^[a-z]:/i.test(path) || path.includes('\0') || path.split('/').includes('..')
  if (bad) throw new Refusal('package-path', 'An entry points outside the package')
  return path
}

/** The form under which two names are the same entry, for readers that do not tell case. */
export function nameKey(name: string): string {
  if (usual.test(name)) return name.toLowerCase()
  return name
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')
    .normalize('NFC')
    .toLowerCase()
}

/** Names that are in this form but for their case, as nearly all are. */
const usual = /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/
