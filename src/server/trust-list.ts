import { createHash } from 'node:crypto'
import { openList } from '../authenticity/index.ts'
import { readSettingFile, SettingError } from './setting-error.ts'

/** The signed trust list that a gateway has for its devices, to the letter. */
export interface ServedTrustList {
  readonly text: string
  readonly version: number
  readonly etag: string
}

const refusals = {
  malformed: 'file that holds no trust list',
  imported: 'list that nobody signed: sign it with "piaozai trust-list sign"',
  forged: 'list that was not signed with the operator key of this build',
} as const

/**
 * Reads the file that PIAOZAI_TRUST_LIST names. No gateway hands out what its own app would not take.
 * @param pinnedKey the operator's key that the build pins, hex.
 * @throws {SettingError} when it is not there, no trust list, or not signed with that key.
 */
export async function readTrustList(path: string, pinnedKey: string | null): Promise<ServedTrustList> {
  if (pinnedKey === null)
    throw new SettingError('PIAOZAI_TRUST_LIST is set, but this build pins no operator key, so no device would take the list.')
  const text = readSettingFile('PIAOZAI_TRUST_LIST', path)
  const opened = await openList(text, pinnedKey)
  if (opened.is !== 'operator') throw new SettingError(`PIAOZAI_TRUST_LIST names a ${refusals[opened.is]}.`)
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
  return { text, version: opened.list.version, etag }
}
