import { readFile } from 'node:fs/promises'
import { bundledList, parseList, type TrustList } from '../../authenticity/index.ts'
import { onlyWord } from '../args.ts'
import type { Run } from '../command.ts'

/** Prints the bundled trust list, or that of a file, as it can be edited and signed; on stderr what it comes to. */
export const run: Run = async (args, io) => {
  const list = args.length === 0 ? bundledList : await read(onlyWord(args, 'the file'))
  const { version, issuedOn, anchors, revocations } = list
  io.stdout.write(`${JSON.stringify(list)}\n`)
  io.stderr.write(`version ${version} of ${issuedOn}: ${anchors.length} anchors, ${revocations.length} revocations\n`)
  for (const { name, keyId, notAfter } of anchors) io.stderr.write(`  ${name}  key ${keyId}  until ${notAfter}\n`)
  return 0
}

async function read(file: string): Promise<TrustList> {
  const text = await readFile(file, 'utf8')
  // Whoever signed it is not asked here.
  const list = parseList(text) ?? parseList(listIn(text))
  if (list === null) throw new Error(`${file} holds no trust list`)
  return list
}

function listIn(envelope: string): string {
  try {
    return String((JSON.parse(envelope) as { readonly list?: unknown } | null)?.list)
  } catch {
    return ''
  }
}
