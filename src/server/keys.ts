import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  hkdfSync,
  sign,
} from 'node:crypto'
import { linkSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync, fsyncSync, closeSync } from 'node:fs'
import { join } from 'node:path'
import { randomBytes } from './random-pool.ts'

/** What the gateway's own secret is good for. Nothing else ever sees the secret. */
export interface Keys {
  /** The keyed hash under which a value is recognised without being kept: 43 characters, another one per purpose. */
  hash(purpose: 'question' | 'invoice' | 'device' | 'receipt', text: string): string
  /** Encrypts (AES-256-GCM). `context` must be given again to open: a sealed value moved to another row does not open. */
  seal(context: string, text: string): Buffer
  /** @throws when the bytes were changed, belong to another context, or were sealed under another secret. */
  open(context: string, sealed: Uint8Array): string
  /** The Ed25519 key of a generation, from 1 on, that receipts are signed with: the same for every gateway with this secret. */
  receiptKey(generation: number): ReceiptSecret
}

/** Signs receipts and does nothing else. */
export interface ReceiptSecret {
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  /** An Ed25519 signature, 64 bytes. */
  sign(message: Uint8Array): Uint8Array
}

/** PKCS #8 of an Ed25519 key (RFC 8410) up to the key itself. */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const version = 1
const nonceLength = 12
const tagLength = 16

/** Keys derived from the gateway's 32-byte secret. */
export function keysFrom(secret: Uint8Array): Keys {
  // As key objects: preparing raw bytes anew costs five times the hash itself.
  const bytesOf = (info: string) => Buffer.from(hkdfSync('sha256', secret, '', `piaozai ${info}`, 32))
  const derive = (info: string) => createSecretKey(bytesOf(info))
  const hashKeys = { question: derive('question'), invoice: derive('invoice'), device: derive('device'), receipt: derive('receipt') }
  const sealKey = derive('seal')
  return {
    hash: (purpose, text) => createHmac('sha256', hashKeys[purpose]).update(text).digest('base64url'),
    seal(context, text) {
      const nonce = randomBytes(nonceLength)
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce).setAAD(Buffer.from(context))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), body])
    },
    open(context, bytes) {
      const sealed = Buffer.from(bytes)
      if (sealed[0] !== version) throw new Error('sealed by a later version')
      const nonce = sealed.subarray(1, 1 + nonceLength)
      const tag = sealed.subarray(1 + nonceLength, 1 + nonceLength + tagLength)
      const decipher = createDecipheriv('aes-256-gcm', sealKey, nonce, { authTagLength: tagLength })
      decipher.setAAD(Buffer.from(context)).setAuthTag(tag)
      return Buffer.concat([decipher.update(sealed.subarray(1 + nonceLength + tagLength)), decipher.final()]).toString('utf8')
    },
    receiptKey(generation) {
      const key = createPrivateKey({ key: Buffer.concat([pkcs8, bytesOf(`receipt ${generation}`)]), format: 'der', type: 'pkcs8' })
      const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-32)
      return { publicKey, sign: (message) => sign(null, message, key) }
    },
  }
}

/** The 32 bytes written as 43 characters of base64url, or null when the text is something else. */
export function parseSecret(text: string): Buffer | null {
  return /^[\w-]{43}$/.test(text) ? Buffer.from(text, 'base64url') : null
}

/** The secret that a data directory holds; null when it holds none. @throws when the file is there but holds no secret. */
export function knownSecret(dataDirectory: string): Buffer | null {
  return readSecret(join(dataDirectory, 'keys'))
}

/** Puts a secret into a data directory that has none. @throws when it has one meanwhile. */
export function putSecret(dataDirectory: string, secret: string): void {
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
  const handle = openSync(join(dataDirectory, 'keys'), 'wx', 0o600)
  writeSync(handle, `${secret}\n`)
  fsyncSync(handle)
  closeSync(handle)
}

/**
 * The secret of a data directory, made (mode 0600) at the first start. Two processes starting at once get the same one.
 * @throws when the file is there but holds no secret.
 */
export function secretOf(dataDirectory: string): Buffer {
  const file = join(dataDirectory, 'keys')
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
  const known = readSecret(file)
  if (known) return known
  const draft = `${file}.${process.pid}`
  const handle = openSync(draft, 'wx', 0o600)
  writeSync(handle, `${Buffer.from(randomBytes(32)).toString('base64url')}\n`)
  fsyncSync(handle)
  closeSync(handle)
  try {
    linkSync(draft, file) // fails when another process was first, and then its secret is the one
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  } finally {
    unlinkSync(draft)
  }
  const made = readSecret(file)
  if (!made) throw new Error(`${file} could not be written`)
  return made
}

function readSecret(file: string): Buffer | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8').trim()
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw error
  }
  const secret = parseSecret(text)
  if (!secret) throw new Error(`${file} does not hold a key: put the right file back, or what is parked cannot be read`)
  return secret
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
