import { useDeps } from '../deps.ts'
import { useShellWords } from '../locales/shell.ts'
import { useToast } from '../stores/toast.ts'

/** Copies a text and says so. */
export function useCopy(): (text: string) => Promise<void> {
  const deps = useDeps()
  const words = useShellWords()
  const toast = useToast()
  return async (text) => {
    toast.show({ text: (await deps.copy(text)) ? words.value.copied : words.value.notCopied })
  }
}
