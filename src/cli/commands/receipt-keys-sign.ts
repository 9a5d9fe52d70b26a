import { parseKeys, signedKeyBytes } from '../../authenticity/index.ts'
import { signFile } from '../sign/sign-file.ts'

/** Signs a list of receipt keys, for PIAOZAI_RECEIPT_KEY_LIST. */
export const run = signFile({
  name: 'list of receipt keys',
  isValid: (text) => parseKeys(text) !== null,
  bytes: signedKeyBytes,
  more: ({ publicKey }) => ({ root: publicKey }),
})
