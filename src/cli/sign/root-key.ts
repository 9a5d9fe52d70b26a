import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'

/** The operator's key that never is where a gateway runs. */
export interface RootKey {
  /** 32 bytes, hex, as it is pinned. */
  readonly publicKey: string
  /** An Ed25519 signature, base64. */
  sign(message: Uint8Array): string
}

/** Reads an Ed25519 private key (PKCS #8, PEM), as `openssl genpkey -algorithm ed25519` makes it. */
export async function readRootKey(path: string): Promise<RootKey> {
  const key = parse(await readFile(path, 'utf8'))
  if (key?.asymmetricKeyType !== 'ed25519')
    throw new Error(`${path} holds no Ed25519 private key without a password: "openssl genpkey -algorithm ed25519" makes one.`)
  return {
    publicKey: createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-32).toString('hex'),
    sign: (message) => sign(null, message, key).toString('base64'),
  }
}

function parse(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem)
  } catch {
    return null
  }
}
