import { computed, type ComputedRef } from 'vue'
import { useTerms } from '../locales/terms.ts'
import { useVerdictWords } from '../locales/verdicts.ts'
import type { Voice } from '../verdict/stub.ts'
import { useFormats } from './format.ts'
import { useNow } from './now.ts'

/** Words, formats and the time, together: what `stubOf` and the sentences speak with. */
export function useVoice(): ComputedRef<Voice> {
  const verdicts = useVerdictWords()
  const terms = useTerms()
  const formats = useFormats()
  const now = useNow()
  return computed(() => ({ verdicts: verdicts.value, terms: terms.value, formats: formats.value, now: now.value }))
}
