import { Refusal } from '../../file/refusal.ts'
import { asDict, asName, asNumber, asString, Stream, type Dict, type Value } from '../object/value.ts'
import { aesDecrypt } from './aes.ts'
import { md5 } from './digest.ts'
import { keyByNoPassword } from './key.ts'
import { rc4 } from './rc4.ts'

/** Opens the objects of an encrypted file. */
export interface Lock {
  /** An object as it was before it was encrypted, with all strings in it. What is packed in a stream is open once that is. */
  open(num: number, gen: number, value: Value): Value
}

type Cipher = 'none' | 'rc4' | 'aes'

/**
 * The lock of a file that is encrypted by the standard security handler for the empty user password, as writers do who only forbid
 * changes (ISO 32000-2 7.6). Such a file opens for everybody.
 * Throws {@link Refusal}: it needs a password, or another means.
 * @param get reads an entry, references resolved.
 */
export function openLock(encrypt: Dict, id: Uint8Array, get: (dict: Dict | null, key: string) => Value): Lock {
  const version = asNumber(get(encrypt, 'V')) ?? 0
  const revision = asNumber(get(encrypt, 'R')) ?? 0
  if (asName(get(encrypt, 'Filter')) !== 'Standard' || ![1, 2, 4, 5].includes(version) || ![2, 3, 4, 5, 6].includes(revision))
    throw new Refusal(
      'file-encrypted',
      'The PDF is locked by a means that is not known here; open it and print it as a PDF without protection',
    )
  const filters = asDict(get(encrypt, 'CF'))
  const isMetadataEncrypted = get(encrypt, 'EncryptMetadata') !== false
  const bits = asNumber(get(encrypt, 'Length')) ?? 40
  const length = version === 5 ? 32 : version === 4 ? 16 : version === 1 ? 5 : bits >= 40 && bits <= 128 ? bits >> 3 : 5
  const key = keyByNoPassword({
    revision,
    length,
    owner: asString(get(encrypt, 'O')) ?? new Uint8Array(),
    user: asString(get(encrypt, 'U')) ?? new Uint8Array(),
    userKey: asString(get(encrypt, 'UE')) ?? new Uint8Array(),
    permissions: asNumber(get(encrypt, 'P')) ?? 0,
    isMetadataEncrypted,
    id,
  })
  if (!key)
    throw new Refusal('file-encrypted', 'The PDF needs a password; open it with the password, print it as a PDF without one, and add that')

  const cipherOf = (name: string | null): Cipher => {
    if (version < 4) return 'rc4'
    const method = asName(get(asDict(get(filters, name ?? 'Identity')), 'CFM'))
    return method === 'V2' ? 'rc4' : method === 'AESV2' || method === 'AESV3' ? 'aes' : 'none'
  }
  const ofStreams = cipherOf(asName(get(encrypt, 'StmF')))
  const ofStrings = cipherOf(asName(get(encrypt, 'StrF')))

  function decipher(cipher: Cipher, num: number, gen: number, data: Uint8Array): Uint8Array {
    if (cipher === 'none' || !key) return data
    const own = version === 5 ? key : objectKey(key, num, gen, cipher)
    if (cipher === 'rc4') return rc4(own, data)
    return data.length < 32 ? new Uint8Array() : unpadded(aesDecrypt(own, data.subarray(0, 16), data.subarray(16)))
  }
  function open(num: number, gen: number, value: Value): Value {
    if (value instanceof Uint8Array) return decipher(ofStrings, num, gen, value)
    if (value instanceof Stream) {
      const type = asName(value.dict.get('Type'))
      // The cross-reference is never encrypted, and what has a Crypt filter of its own says so itself.
      const isOpen = type === 'XRef' || (type === 'Metadata' && !isMetadataEncrypted) || hasOwnFilter(value.dict, get)
      return new Stream(openAll(num, gen, value.dict), isOpen ? value.raw : decipher(ofStreams, num, gen, value.raw))
    }
    if (value instanceof Map) return openAll(num, gen, value)
    return Array.isArray(value) ? (value as readonly Value[]).map((one) => open(num, gen, one)) : value
  }
  function openAll(num: number, gen: number, dict: Dict): Dict {
    return new Map([...dict].map(([name, value]) => [name, open(num, gen, value)]))
  }
  return { open }
}

/** Algorithm 1: every object has a key of its own. */
function objectKey(key: Uint8Array, num: number, gen: number, cipher: Cipher): Uint8Array {
  const place = Uint8Array.of(num, num >> 8, num >> 16, gen, gen >> 8)
  const salt = cipher === 'aes' ? Uint8Array.of(0x73, 0x41, 0x6c, 0x54) : new Uint8Array()
  return md5(key, place, salt).subarray(0, Math.min(16, key.length + 5))
}

/** Without the padding of PKCS #7; what has none is damaged and stays as it is, to be found out by whoever reads it. */
function unpadded(data: Uint8Array): Uint8Array {
  const count = data.at(-1) ?? 0
  return count >= 1 && count <= 16 ? data.subarray(0, data.length - count) : data
}

/** A Crypt filter that names Identity, the only one that a stream of an invoice may have for itself. */
function hasOwnFilter(dict: Dict, get: (dict: Dict | null, key: string) => Value): boolean {
  const filter = get(dict, 'Filter')
  return asName(Array.isArray(filter) ? (filter as readonly Value[])[0] : filter) === 'Crypt'
}
