import { useDeps } from '../deps.ts'
import { useFilesWords } from '../locales/files.ts'
import { useToast } from '../stores/toast.ts'
import { useFileKeeper } from './keeper.ts'

/** Gives an original back, byte for byte: by the share sheet of a phone, else as a download. */
export function useTakeOut(): (sha256: string) => Promise<void> {
  const { handOut } = useDeps()
  const keeper = useFileKeeper()
  const words = useFilesWords()
  const toast = useToast()
  return async (sha256) => {
    const original = await keeper.original(sha256).catch(() => null)
    if (original === null || !(await handOut(original))) toast.show({ text: words.value.notTakenOut })
  }
}
