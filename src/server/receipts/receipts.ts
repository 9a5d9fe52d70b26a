import { issueReceipt, outcomeOf, writeKeys, type KeyList, type ReceiptContents } from '../../authenticity/index.ts'
import type { WellKnown } from '../../api/index.ts'
import type { Answer, Elements, Instant } from '../../domain/index.ts'
import type { Clock } from '../clock.ts'
import type { Keys } from '../keys.ts'
import { SettingError } from '../setting-error.ts'
import type { Store } from '../store/store.ts'
import { readGenerations, type Generation } from './generations.ts'
import { ownKeys, ownList, type OwnKey } from './own-keys.ts'
import type { SignedList } from './signed-list.ts'

/** Milliseconds after which a gateway looks whether another generation was decided on; each begins at least an hour after that. */
const rereadMs = 60_000

/** The receipts of this gateway. They are made from what is asked and answered alone: the same again gives the same receipt. */
export interface Receipts {
  /** What to sign with now; what was decided on elsewhere is known after a minute. */
  current(): Promise<Issuing>
}

/** Signs with the keys that are listed. No receipt comes of numbers that it has no room for, and none of a time when no key of ours was in use. */
export interface Issuing {
  /** Says what the answer says, about the elements as they were asked with. */
  ofAnswer(question: string, elements: Elements, answer: Answer): string | undefined
  /** Says that the question was put at `at`, and nothing else. */
  ofTicket(ticket: string, elements: Elements, at: Instant): string | undefined
  /** What the gateway's card says of the keys. */
  readonly card: Required<Pick<WellKnown, 'receiptKeys' | 'receiptKeyList'>>
}

export interface ReceiptNeeds {
  readonly store: Store
  readonly keys: Keys
  readonly clock: Clock
  /** The list that the operator's offline root signed; null: the gateway lists its keys by itself. */
  readonly signed: SignedList | null
}

/**
 * Takes the receipt keys in use.
 * @throws {SettingError} when a signed list is given and does not hold a key of this gateway that is in use.
 */
export async function createReceipts({ store, keys, clock, signed }: ReceiptNeeds): Promise<Receipts> {
  async function prepare(generations: readonly Generation[]): Promise<Prepared> {
    const own = await ownKeys(keys, generations)
    const { text, list } = signed ?? listed(ownList(own, generations))
    const issue = (contents: ReceiptContents, about: string) => {
      const key = keyAt(list, own, contents.at)
      if (key === null) return undefined
      const nonce = Buffer.from(keys.hash('receipt', about), 'base64url').subarray(0, 4)
      return issueReceipt(contents, { kid: key.kid, sign: key.secret.sign }, nonce) ?? undefined
    }
    return {
      generations,
      own,
      ofAnswer(question, elements, answer) {
        const { answeredAt, asOf } = answer
        return issue({ ...outcomeOf(answer), ...subjectOf(elements), ...timesOf(answeredAt, asOf) }, `answer ${question} ${answeredAt}`)
      },
      ofTicket: (ticket, elements, at) =>
        issue({ status: 'ticket', class: null, ...subjectOf(elements), ...timesOf(at, at) }, `ticket ${ticket}`),
      card: { receiptKeys: keysIn(list), receiptKeyList: text },
    }
  }

  const first = await prepare(await readGenerations(store, clock.now()))
  if (signed !== null && keyAt(signed.list, first.own, wholeSeconds(clock.now())) === null) {
    const kid = first.own.at(-1)?.listed.kid ?? ''
    throw new SettingError(
      `PIAOZAI_RECEIPT_KEY_LIST holds no key of this gateway that is in use now (the newest is ${kid}): sign what "piaozai receipt-keys show" says.`,
    )
  }
  let known = first
  let readAt = clock.now()
  return {
    async current() {
      const now = clock.now()
      if (Math.abs(now - readAt) < rereadMs) return known
      readAt = now
      // While the store is away, what is known goes on.
      const generations = await readGenerations(store, now).catch(() => known.generations)
      if (generations.length > known.generations.length) known = await prepare(generations)
      return known
    },
  }
}

interface Prepared extends Issuing {
  readonly generations: readonly Generation[]
  readonly own: readonly OwnKey[]
}

/** Our newest key that the list has in use at a time. */
function keyAt(list: KeyList, own: readonly OwnKey[], at: Instant): OwnKey | null {
  const isInUse = ({ listed: { publicKey } }: OwnKey) =>
    list.keys.some((one) => one.publicKey === publicKey && !one.revoked && one.from <= at && (one.until === null || at <= one.until))
  return own.findLast(isInUse) ?? null
}

function subjectOf({ code, number, issuedOn, amount }: Elements) {
  return { code: code ?? null, number, issuedOn, amount: amount ?? null }
}

function timesOf(at: Instant, asOf: Instant) {
  return { at: wholeSeconds(at), asOf, orEarlier: false }
}

function wholeSeconds(at: Instant): Instant {
  return Math.floor(at / 1000) * 1000
}

function listed(list: KeyList): SignedList {
  return { text: writeKeys(list), list }
}

function keysIn(list: KeyList): unknown[] {
  return (JSON.parse(writeKeys(list)) as { readonly keys: unknown[] }).keys
}
