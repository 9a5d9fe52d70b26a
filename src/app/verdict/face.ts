import type { Answer, InvoiceStatus, OwnNote } from '../../domain/index.ts'
import { answerWord, speakerOf, type AnswerWord, type Speaker } from './speech.ts'
import type { Mark, Tone } from './tone.ts'

/** How a verdict looks. Readable without colour: the mark alone tells them apart. */
export interface Face {
  readonly mark: Mark
  readonly tone: Tone
}

const byAuthority = {
  confirmed: { mark: 'confirmed', tone: 'green' },
  mismatch: { mark: 'mismatch', tone: 'red' },
  voided: { mark: 'revoked', tone: 'red' },
  'red-flushed-full': { mark: 'revoked', tone: 'red' },
  'red-flushed-partial': { mark: 'revoked', tone: 'red' },
  'not-found': { mark: 'look', tone: 'amber' },
  'out-of-range': { mark: 'out', tone: 'grey' },
  'cannot-be-checked': { mark: 'out', tone: 'grey' },
} as const satisfies Record<AnswerWord, Face>

/**
 * The face of an answer. Only the class `authority` has colour; a registry, another gateway, invented data or nobody is ink,
 * and its agreement is "=", never a tick.
 */
export function answerFace(answer: Pick<Answer, 'verdict' | 'redFlush' | 'sources'>): Face {
  return spokenFace(answerWord(answer), speakerOf(answer))
}

/** {@link answerFace} of what somebody said, wherever it is written. */
export function spokenFace(word: AnswerWord, speaker: Speaker): Face {
  const face: Face = byAuthority[word]
  if (speaker === 'authority' || face.tone === 'grey') return face
  return { mark: face.mark === 'confirmed' ? 'registry' : face.mark, tone: 'ink' }
}

/** The face of the person's own note: grey, whatever they saw. */
export const noteFace: Face = { mark: 'own-note', tone: 'grey' }

/** The face of a status. */
export function statusFace(status: InvoiceStatus): Face {
  switch (status.is) {
    case 'answered':
      return answerFace(status.answer)
    case 'asking':
      return { mark: 'asking', tone: 'amber' }
    case 'waiting':
      return { mark: 'waiting', tone: 'amber' }
    case 'needs-user':
    case 'incomplete':
      return { mark: 'look', tone: 'amber' }
    case 'uncheckable':
      return { mark: 'out', tone: 'grey' }
    case 'unasked':
      return { mark: 'unsigned', tone: 'grey' }
  }
}

/** True when the person's own note says more than the status does: nobody was or will be asked. */
export function noteSpeaks(status: InvoiceStatus, note: OwnNote | null): note is OwnNote {
  if (note === null) return false
  if (status.is === 'answered') return status.verdict === 'cannot-be-checked' || status.verdict === 'out-of-range'
  return status.is === 'uncheckable' || status.is === 'unasked' || status.is === 'incomplete'
}
