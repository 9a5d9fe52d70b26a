import { readFile } from 'node:fs/promises'
import { onlyWord, readOptions } from '../args.ts'
import { UsageError, type Io, type Run } from '../command.ts'
import { readRootKey, type RootKey } from './root-key.ts'

/** What can be signed: how its text is recognised, the bytes of it that are signed, and what the envelope says besides. */
export interface Signable {
  readonly name: string
  isValid(text: string): boolean
  bytes(text: string): Uint8Array
  more(key: RootKey): object
}

/** Signs a list with the operator's offline key: the envelope goes to stdout, the public key to stderr. The list's text stays as it is. */
export function signFile(what: Signable): Run {
  return async (args, io: Io) => {
    const { values, positionals } = readOptions(args, { key: { type: 'string' } })
    const file = onlyWord(positionals, 'the file to sign')
    if (values.key === undefined) throw new UsageError('--key names the file of the private key')
    const list = (await readFile(file, 'utf8')).trim()
    if (!what.isValid(list)) throw new Error(`${file} holds no ${what.name}, or one in an envelope already: nothing was signed.`)
    const key = await readRootKey(values.key)
    io.stdout.write(`${JSON.stringify({ list, signature: key.sign(what.bytes(list)), ...what.more(key) })}\n`)
    io.stderr.write(`signed by the key ${key.publicKey}\n`)
    return 0
  }
}
