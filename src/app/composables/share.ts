import { useCopy } from './copy.ts'

/** Gives a text to another app by the share sheet of a phone, else puts it on the clipboard and says so. */
export function useShare(): (text: string) => Promise<void> {
  const copy = useCopy()
  return async (text) => {
    if (matchMedia('(pointer: coarse)').matches && typeof navigator.share === 'function') {
      try {
        return await navigator.share({ text })
      } catch (error) {
        // Closing the sheet is a decision too.
        if (error instanceof DOMException && error.name === 'AbortError') return
      }
    }
    await copy(text)
  }
}
