import type { OwnNote, SealVerdict, WaitingReason } from '../../../domain/index.ts'
import type { AnswerWord, Authority, Speaker, Uncheckable } from '../../verdict/speech.ts'
import type { VerdictWords } from '../zh-CN/verdicts.ts'

const authority: Readonly<Record<Authority, string>> = { tax: 'tax authority', fiscal: 'fiscal authority' }

const said: Readonly<Record<AnswerWord, string>> = {
  confirmed: 'matches',
  mismatch: 'entered values differ',
  'not-found': 'not found, twice',
  voided: 'voided',
  'red-flushed-full': 'fully reversed',
  'red-flushed-partial': 'partly reversed',
  'out-of-range': 'Issued over five years ago',
  'cannot-be-checked': 'No source can check this',
}

const because: Readonly<Record<Uncheckable, string>> = {
  'no-authority-source': 'the gateway has no tax source',
  'kind-not-checkable': 'this kind is not checked online',
  'kind-not-supported': 'the sources do not check this kind',
  unknown: 'the gateway did not say why',
}

const waits: Readonly<Record<WaitingReason, string>> = {
  'source-down': 'the tax authority does not answer',
  maintenance: 'online checks are paused',
  overload: 'the gateway is busy',
  'not-yet-visible': 'too new to be visible',
  'daily-limit': "today's checks are used up",
  'second-look': 'not found at first, waiting for a second look',
  'device-offline': 'this device is offline',
  'gateway-down': 'the gateway does not answer',
}

const saw: Readonly<Record<OwnNote['saw'], string>> = {
  match: 'match',
  mismatch: 'mismatch',
  nothing: 'not found',
  other: 'see note',
}

const seals: Readonly<Record<SealVerdict, string>> = {
  trusted: 'Seal holds (offline)',
  'untrusted-signer': 'Seal intact, signer unconfirmed',
  'test-seal': 'Seal for tests',
  partial: 'Seal covers a part only',
  tampered: 'Changed after it was sealed',
  'seller-signed': 'Signed by the seller, unverified',
  unsigned: 'No digital signature',
  undecidable: 'Nonstandard seal',
}

function sealAside(verdict: SealVerdict, parts: number): string {
  if (verdict === 'tampered') return parts === 1 ? '1 place' : `${parts} places`
  if (verdict === 'partial') return `${parts} not covered`
  if (verdict === 'test-seal') return 'proves nothing'
  return verdict === 'undecidable' ? 'says nothing' : 'not checked online'
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

function stub(word: AnswerWord, speaker: Speaker, of: Authority): string {
  if (speaker === 'demo') return `Demo data: ${said[word]}`
  if (word === 'out-of-range' || word === 'cannot-be-checked') return said[word]
  switch (speaker) {
    case 'authority':
      return `${capital(authority[of])}: ${said[word]}`
    case 'registry':
      return word === 'confirmed' ? "Matches the gateway's register" : `Gateway register: ${said[word]}`
    case 'peer':
      return word === 'confirmed' ? "Matches another gateway's register" : `Another gateway: ${said[word]}`
    case 'nobody':
      return `Source not named: ${said[word]}`
  }
}

export const verdictsEn: VerdictWords = {
  authority,
  said,
  because,
  waits,
  saw,
  speakers: {
    authority: 'a source of the tax or fiscal authority',
    registry: "the gateway's own register, not a tax source",
    peer: "another gateway's register, not a tax source",
    demo: 'invented demo data',
    nobody: 'no source answered',
  },
  stub,
  seals,
  sealAside,
  sentence(word, speaker, { source, answeredAt, asOf, looks, because: why }) {
    const demo = speaker === 'demo' ? 'Demo data: ' : ''
    switch (word) {
      case 'confirmed':
        if (speaker === 'authority') return `Checked with ${source} ${answeredAt}: matches (data as of ${asOf})`
        if (speaker === 'demo') return `Demo data: matches; not a real invoice (${answeredAt})`
        return `Matches the register of ${source}; not checked with a tax source (data as of ${asOf})`
      case 'mismatch':
        return `${demo}${source} answered: what was entered differs from the record; please compare and ask again (as of ${asOf})`
      case 'not-found':
        return `${demo}${source} answered twice that it found nothing (${looks}); this does not mean forged`
      case 'voided':
        return `${demo}${source} answered: voided (as of ${asOf})`
      case 'red-flushed-full':
        return `${demo}${source} answered: fully reversed (as of ${asOf})`
      case 'red-flushed-partial':
        return `${demo}${source} answered: partly reversed (as of ${asOf})`
      case 'out-of-range':
        return `${demo}Issued over five years ago and no longer checked online; a tax service hall can help`
      case 'cannot-be-checked':
        return `${demo}No source can check this online: ${because[why]}`
    }
  },
  provesNot(word, speaker) {
    if (speaker === 'demo') return ['Anything real: seller and amount are invented']
    switch (word) {
      case 'confirmed':
        return [
          speaker === 'authority' ? 'That it stays valid (it may be voided or reversed later)' : 'That a tax source has the same record',
          'That nobody else claimed it',
          'That the sale took place',
        ]
      case 'mismatch':
        return ['That anything is wrong with it: it may be one typing slip', 'Which value differs: the source does not say']
      case 'not-found':
        return ['That it does not exist: the source may lack records or lag behind', 'That it will not be found later']
      case 'voided':
      case 'red-flushed-full':
      case 'red-flushed-partial':
        return ['Why it was voided or reversed', "Anything about the seller's other invoices"]
      case 'out-of-range':
        return ['Whether it is genuine: it is only no longer offered online']
      case 'cannot-be-checked':
        return ['Whether it is genuine: no source was asked']
    }
  },
  sources: { registry: 'the gateway', simulated: 'simulated tax source', demo: 'demo data' },
  unnamed: (speaker, of, id) => (speaker === 'authority' ? `${authority[of]} source ${id}` : `gateway ${id}`),
  nobody: 'the gateway',
  looks: (times) => times.join(', '),
  asking: (of) => `Asking the ${authority[of]}`,
  askingLimit: '5 s at most',
  waiting(reason, ofToday) {
    switch (reason) {
      case null:
        return 'Waiting to be checked'
      case 'source-down':
      case 'overload':
        return 'Kept by the gateway'
      case 'maintenance':
        return 'Online checks are paused'
      case 'not-yet-visible':
        return ofToday ? "Today's are not visible yet" : 'Too new to be visible'
      case 'daily-limit':
        return "Today's checks are used up"
      case 'second-look':
        return 'Waiting for a second look'
      case 'device-offline':
        return 'Offline, saved for now'
      case 'gateway-down':
        return 'No gateway, saved for now'
    }
  },
  parked(ticket, reason, when, of) {
    const why =
      reason === null ? 'waiting to be checked' : reason === 'source-down' ? `the ${authority[of]} does not answer` : waits[reason]
    return `The gateway keeps it (no. ${ticket}): ${why}; ${when === null ? 'the answer is fetched' : `it asks again about ${when}`} by itself`
  },
  notAsked(reason, when) {
    const why = reason === null ? 'not its turn yet' : waits[reason]
    return `Not checked yet: ${why}; next try ${when ?? (reason === 'device-offline' ? 'when online' : 'shortly')}`
  },
  askAgainAt: (when) => `again ${when}`,
  askSoon: 'again shortly',
  askOnline: 'when online',
  needsUser: 'Could not be asked',
  needsUserAside: 'have a look',
  incomplete: (names) => (names.length > 2 ? `${names.length} values missing` : `Missing: ${names.join(', ')}`),
  incompleteAside: 'add to ask',
  uncheckable: 'Not checked online',
  uncheckableAside: 'saved',
  unasked: 'Not checked online yet',
  unaskedAside: 'never asked',
  notByAuthority: 'not by a tax source',
  notFake: 'not “forged”',
  serviceHall: 'a service hall can help',
  askingAgain: 'asking again',
  ownNote: (what) => `My own look: ${saw[what]}`,
  ownNoteAside: (age) => `${age}, mine`,
}
