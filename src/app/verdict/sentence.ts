import { answerStatement, type Answer, type Kind } from '../../domain/index.ts'
import { answerWord, authorityOf, speakerOf, uncheckableBecause } from './speech.ts'
import type { Voice } from './stub.ts'

/** The name of the source that gave the verdict. */
export function sourceName(answer: Pick<Answer, 'verdict' | 'sources'>, kind: Kind, { verdicts }: Pick<Voice, 'verdicts'>): string {
  const last = answerStatement(answer)
  if (!last) return verdicts.nobody
  return namedSource(last.id, answer, kind, { verdicts })
}

/** The name of a source by its id, as far as the answer says who that is. */
export function namedSource(id: string, answer: Pick<Answer, 'sources'>, kind: Kind, { verdicts }: Pick<Voice, 'verdicts'>): string {
  const voice = answer.sources.find((one) => one.id === id)?.class ?? 'registry'
  return verdicts.sources[id] ?? verdicts.unnamed(voice, authorityOf(kind), id)
}

/** The exact sentence of an answer, with its source, its times and what it does not mean. */
export function answerSentence(answer: Answer, kind: Kind, voice: Voice): string {
  const { verdicts, formats } = voice
  const looks = answer.sources.filter((source) => source.outcome === 'not-found').map((source) => formats.moment(source.at))
  return verdicts.sentence(answerWord(answer), speakerOf(answer), {
    source: sourceName(answer, kind, voice),
    answeredAt: formats.moment(answerStatement(answer)?.at ?? answer.answeredAt),
    asOf: formats.moment(answer.asOf),
    looks: verdicts.looks(looks.length > 0 ? looks.slice(-2) : [formats.moment(answer.answeredAt)]),
    because: uncheckableBecause(answer.detail),
  })
}
