import { parseList, signedBytes } from '../../authenticity/index.ts'
import { signFile } from '../sign/sign-file.ts'

/** Signs a trust list; the build that pins the key takes it. */
export const run = signFile({
  name: 'trust list',
  isValid: (text) => parseList(text) !== null,
  bytes: signedBytes,
  more: () => ({}),
})
