import { computed, type ComputedRef } from 'vue'
import { ruleOf, type WaitingReason } from '../../domain/index.ts'
import type { Damaged, Query, UnreadFile } from '../../wallet/index.ts'
import { sizeText } from '../format/size.ts'
import { useOutboxWords } from '../locales/outbox.ts'
import type { OutboxWords } from '../locales/zh-CN/outbox.ts'
import type { Todo } from '../todo/groups.ts'
import { answerFace } from '../verdict/face.ts'
import { answerWord, authorityOf, speakerOf } from '../verdict/speech.ts'
import { nextTry, type Voice } from '../verdict/stub.ts'
import type { Mark, Tone } from '../verdict/tone.ts'
import { useElapsed } from './elapsed.ts'
import { useFileText, type FileText } from './file-text.ts'
import { useVoice } from './voice.ts'

/** The one thing a person can do about it; `none` where waiting is all there is. */
export type TodoAction =
  | { readonly is: 'none' }
  | { readonly is: 'go'; readonly label: string; readonly to: string }
  | { readonly is: 'ask'; readonly label: string; readonly entryId: string }
  | { readonly is: 'discard'; readonly label: string; readonly damaged: Damaged }

/** What a line of 待办 says: why in its colour, what comes next in grey. */
export interface TodoText {
  readonly mark: Mark
  readonly tone: Tone
  readonly why: string
  readonly beside: string | null
  readonly next: string | null
  readonly action: TodoAction
}

const none: TodoAction = { is: 'none' }
/** The reasons for which the national platform may still know an answer. */
const selfHelps: readonly (WaitingReason | null)[] = ['source-down', 'maintenance', 'overload', 'second-look', 'gateway-down']

/** The text of a line, following the clock: an asking one counts its seconds. */
export function useTodoText(todo: () => Todo): ComputedRef<TodoText> {
  const words = useOutboxWords()
  const voice = useVoice()
  const files = useFileText()
  const elapsed = useElapsed(() => {
    const one = todo()
    return one.is === 'asking' ? one.query.setAt : null
  })
  return computed(() => {
    const one = todo()
    return one.is === 'file' ? fileOf(one.file, words.value, files.value) : textOf(one, words.value, voice.value, elapsed.value)
  })
}

/** @param seconds how long an asking query has been on its way; null before that is worth saying. */
function textOf(todo: Exclude<Todo, { is: 'file' }>, words: OutboxWords, voice: Voice, seconds: number | null): TodoText {
  const { verdicts, terms, formats } = voice
  switch (todo.is) {
    case 'asking': {
      const beside = seconds === null ? null : seconds > 5 ? words.slow(seconds) : words.elapsed(seconds)
      return {
        mark: 'asking',
        tone: 'amber',
        why: verdicts.asking(authorityOf(todo.query.elements.kind)),
        beside,
        next: null,
        action: none,
      }
    }
    case 'waiting':
      return {
        mark: 'waiting',
        tone: 'amber',
        ...waitingText(todo.query, words, voice),
        action: selfAction(todo.query, todo.entry !== null, words),
      }
    case 'refused': {
      const { problem, entryId, elements } = todo.query
      const edit = problem === 'query-invalid' || problem === 'elements-missing'
      return {
        mark: 'look',
        tone: 'amber',
        why: (problem !== null && words.look.problems[problem]) || words.look.refused,
        beside: null,
        next: `${terms.kinds[elements.kind]}${problem === null ? '' : ` · ${words.look.code(problem)}`}`,
        action:
          todo.entry === null
            ? none
            : edit
              ? { is: 'go', label: words.check, to: `/add?complete=${entryId}` }
              : { is: 'ask', label: words.askAgain, entryId },
      }
    }
    case 'incomplete': {
      const { entry, status } = todo.view
      const missing = status.is === 'incomplete' ? status.missing.map((element) => terms.elements[element]) : []
      return {
        mark: 'look',
        tone: 'amber',
        why: verdicts.incomplete(missing),
        beside: null,
        next: words.look.incompleteDo,
        action: { is: 'go', label: words.fill, to: `/add?complete=${entry.id}` },
      }
    }
    case 'mismatch': {
      const { entry, status, shown } = todo.view
      if (status.is !== 'answered') return { mark: 'look', tone: 'amber', why: '', beside: null, next: null, action: none }
      return {
        ...answerFace(status.answer),
        why: verdicts.stub(answerWord(status.answer), speakerOf(status.answer), authorityOf(shown.invoice.kind)),
        beside: null,
        next: words.look.mismatchDo(formats.moment(status.answer.asOf)),
        action: { is: 'go', label: words.check, to: `/add?complete=${entry.id}` },
      }
    }
    case 'damaged':
      return {
        mark: 'look',
        tone: 'amber',
        why: words.look.damaged,
        beside: null,
        next: `${words.look.damagedIn[todo.damaged.table]} · ${words.look.code(todo.damaged.id.slice(-8) || '—')}。${words.look.damagedDo}`,
        action: { is: 'discard', label: words.discard, damaged: todo.damaged },
      }
  }
}

function fileOf({ sha256, size, state }: UnreadFile, words: OutboxWords, text: FileText): TodoText {
  const { problems, found } = state.is === 'look' ? state : { problems: [], found: 0 }
  return {
    mark: 'look',
    tone: 'amber',
    why: text.why(problems),
    beside: null,
    next: `${sizeText(size)} · ${found > 0 ? words.look.fileFound(found) : words.look.fileKept}`,
    action: { is: 'go', label: words.fill, to: `/add?file=${sha256}` },
  }
}

function waitingText(query: Query, words: OutboxWords, voice: Voice): Pick<TodoText, 'why' | 'beside' | 'next'> {
  const { verdicts } = voice
  const { reason, state } = query
  const source = verdicts.authority[authorityOf(query.elements.kind)]
  const why =
    reason !== null
      ? words.why[reason](source)
      : state === 'parked'
        ? words.why.parked()
        : isLimited(query)
          ? words.why.limited()
          : query.attempts > 0
            ? words.why.again()
            : words.why.none()
  return { why, beside: null, next: `${nextTry(query, voice)}，${words.noHands}` }
}

/** Whoever asks from here has been wrong too often; the question itself is in order. */
function isLimited({ problem }: Query): boolean {
  return problem === 'rate-limited'
}

function selfAction(query: Query, known: boolean, words: OutboxWords): TodoAction {
  const { kind } = query.elements
  if (!known || ruleOf(kind).platform === null || !(selfHelps.includes(query.reason) || isLimited(query))) return none
  return { is: 'go', label: words.self, to: `/invoices/${query.entryId}?ask=self` }
}
