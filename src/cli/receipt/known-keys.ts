import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { openKeys, type KnownKeys } from '../../authenticity/index.ts'

/** The keys in a file: a key list, signed or not, or a gateway's card (`/.well-known/piaozai.json`) as it was saved. */
export async function keysFromFile(file: string): Promise<KnownKeys> {
  const text = (await readFile(file, 'utf8')).trim()
  return keysFromText(listIn(text) ?? text, basename(file), file)
}

/** @param name what the gateway is called if its list does not say. */
export async function keysFromText(text: string, name: string, where: string): Promise<KnownKeys> {
  const opened = await openKeys(text)
  if (opened.is !== 'keys') throw new Error(`${where} ${refusals[opened.is]}`)
  return { gateway: opened.list.gateway ?? name, list: opened.list }
}

const refusals = {
  malformed: "holds no list of receipt keys, nor a gateway's card with one",
  forged: 'holds a list of receipt keys that was changed since it was signed: get it anew',
} as const

function listIn(card: string): string | null {
  try {
    const list = (JSON.parse(card) as { readonly receiptKeyList?: unknown } | null)?.receiptKeyList
    return typeof list === 'string' ? list : null
  } catch {
    return null
  }
}
