import type { ReceiptContents } from '../../authenticity/index.ts'
import { dateAt, kindFromCode, type Instant } from '../../domain/index.ts'
import { clockTime } from '../format/date.ts'
import type { ReceiptWords } from '../locales/zh-CN/receipt.ts'
import { spokenFace, type Face } from '../verdict/face.ts'
import type { Authority } from '../verdict/speech.ts'
import type { Voice } from '../verdict/stub.ts'

/** What a receipt that holds says, in words. */
export interface Told extends Face {
  readonly title: string
  /** How old the answer is, and its data if those are of another day. */
  readonly age: string
  readonly sentence: string
  /** What it is not. */
  readonly note: string
  /** Set when it is dated after now: one of two clocks is wrong. */
  readonly ahead: string | null
}

/** Clocks differ a little; milliseconds. */
const usual = 10 * 60_000

/** Says a receipt of the gateway called `gateway`. Colour and words are those of an answer; a queue ticket is never one. */
export function toldOf(contents: ReceiptContents, gateway: string, words: ReceiptWords, voice: Voice): Told {
  const { status, at, asOf } = contents
  const speaker = contents.class ?? 'nobody'
  const of = authorityFor(contents)
  const source = speaker === 'authority' ? voice.verdicts.authority[of] : words.speakers[speaker]
  const sentence = words.sentence(status, speaker, {
    gateway,
    at: fullTime(at, words, voice),
    asOf: dataTime(contents, words, voice),
    source,
  })
  const ahead = at - voice.now > usual ? words.ahead : null
  const age = voice.formats.age(at)
  if (status === 'ticket')
    return {
      mark: 'waiting',
      tone: 'amber',
      title: words.ticket,
      age: words.ticketAge(age),
      sentence,
      note: words.notAnswer,
      ahead,
    }
  const dataAge = voice.formats.age(asOf)
  const isOlder = dateAt(asOf) !== dateAt(at) && dataAge !== age
  return {
    ...spokenFace(status, speaker),
    title: voice.verdicts.stub(status, speaker, of),
    age: words.age(age, isOlder ? dataAge : null),
    sentence,
    note: words.notTax,
    ahead,
  }
}

/** A receipt does not say the kind; codes of 8 digits are those of fiscal bills. */
function authorityFor({ code }: Pick<ReceiptContents, 'code'>): Authority {
  return code !== null && kindFromCode(code) === 'fiscal' ? 'fiscal' : 'tax'
}

/** With the year, whatever today is: a receipt is read long after. */
function fullTime(at: Instant, words: ReceiptWords, { formats }: Voice): string {
  return words.time(formats.date(dateAt(at)), clockTime(at))
}

function dataTime({ at, asOf, orEarlier }: ReceiptContents, words: ReceiptWords, voice: Voice): string {
  const time = dateAt(asOf) === dateAt(at) ? words.sameDay(clockTime(asOf)) : fullTime(asOf, words, voice)
  return orEarlier ? words.orEarlier(time) : time
}
