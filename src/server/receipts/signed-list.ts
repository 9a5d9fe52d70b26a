import { openKeys, type KeyList } from '../../authenticity/index.ts'
import { readSettingFile, SettingError } from '../setting-error.ts'

/** A key list that the operator's offline root signed: what devices get, to the letter, and what it says. */
export interface SignedList {
  readonly text: string
  readonly list: KeyList
}

const refusals = {
  malformed: 'file that holds no list of receipt keys',
  forged: 'list whose signature does not hold: sign it again',
} as const

/**
 * Reads the file that PIAOZAI_RECEIPT_KEY_LIST names.
 * @throws {SettingError} when it is not there, no key list, or not signed.
 */
export async function readSignedList(path: string): Promise<SignedList> {
  const text = readSettingFile('PIAOZAI_RECEIPT_KEY_LIST', path)
  const opened = await openKeys(text)
  if (opened.is !== 'keys') throw new SettingError(`PIAOZAI_RECEIPT_KEY_LIST names a ${refusals[opened.is]}.`)
  if (opened.root === null)
    throw new SettingError('PIAOZAI_RECEIPT_KEY_LIST names a list that nobody signed: sign it with "piaozai receipt-keys sign".')
  return { text, list: opened.list }
}
