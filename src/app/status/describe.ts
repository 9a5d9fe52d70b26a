import type { ServiceReport, ServiceState } from '../../channels/index.ts'
import type { Instant } from '../../domain/index.ts'
import type { OutboxView } from '../../wallet/index.ts'
import type { Formats } from '../composables/format.ts'
import type { StatusWords } from '../locales/zh-CN/status.ts'

/** A row of the first card: a word, the fact, and what else is known of it. */
export interface Fact {
  readonly label: string
  readonly fact: string
  readonly more: readonly string[]
}

/** One source as the gateway last saw it. */
export interface SourceLine {
  readonly id: string
  readonly name: string
  readonly state: string
  readonly up: boolean
}

/** One step of the progress, newest first. */
export interface Step {
  readonly at: Instant
  readonly text: string
}

/** The status page in its fixed order: what is down · expected · what became of yours · what works · other ways · progress. */
export interface StatusPicture {
  readonly headline: string
  /** Since when and for how long; null while nothing is down. */
  readonly since: string | null
  readonly asOf: string
  readonly facts: readonly Fact[]
  readonly works: readonly string[]
  readonly ways: readonly ('self' | 'network')[]
  readonly progress: readonly Step[]
  readonly sources: readonly SourceLine[]
  readonly note: string | null
}

/** What the page says with. */
export interface StatusVoice {
  readonly words: StatusWords
  readonly formats: Formats
  readonly now: Instant
}

/** How the service is, as one word: maintenance and a login page are told apart from plain failure. */
export type Trouble = ServiceState['is'] | 'captured' | 'maintenance' | 'degraded'

/** A report older than this is no news of now. */
const fresh = 5 * 60_000

export function troubleOf({ is, captured, report }: ServiceState): Trouble {
  if (captured && (is === 'gateway-down' || is === 'device-offline')) return 'captured'
  if (is === 'authority-down' && report?.mode === 'maintenance') return 'maintenance'
  return is === 'up' && report?.mode === 'degraded' ? 'degraded' : is
}

/** Describes the service and what became of the person's own questions. `outbox` null: not read yet, or unreadable. */
export function describeService(state: ServiceState, outbox: OutboxView | null, voice: StatusVoice): StatusPicture {
  const trouble = troubleOf(state)
  const isDown = !['unknown', 'up', 'degraded'].includes(trouble)
  const cannotSee = trouble === 'device-offline' || trouble === 'captured' || trouble === 'gateway-down'
  const { words, formats, now } = voice
  const yours = yoursOf(outbox, trouble, voice)
  return {
    headline: trouble === 'up' ? words.headline.normal : words.headline[trouble],
    since: isDown ? words.since(formats.moment(state.since), duration(now - state.since, words)) : null,
    asOf: asOfText(state, trouble, voice),
    facts: isDown ? [downFact(state, trouble, voice), expectedFact(state, trouble, voice), yours] : [yours],
    works: worksOf(state, trouble, words),
    ways: isDown ? (trouble === 'device-offline' || trouble === 'captured' ? ['network'] : ['self']) : [],
    progress: progressOf(state, isDown, words),
    // What nobody can see now is not shown as if it were so.
    sources: cannotSee ? [] : (state.report?.components ?? []).filter(({ id }) => id !== 'gateway').map((one) => sourceLine(one, words)),
    note:
      !cannotSee && state.report !== null && !state.report.components.some((one) => one.class === 'authority') ? words.noAuthority : null,
  }
}

function asOfText({ asOf, report }: ServiceState, trouble: Trouble, { words, formats, now }: StatusVoice): string {
  if (trouble === 'unknown' && report === null) return words.neverSeen
  const seen = trouble === 'unknown' && report !== null ? report.asOf : asOf
  const moment = formats.stamp(seen)
  return now - seen > fresh ? words.asOfOld(moment, formats.age(seen)) : words.asOf(moment)
}

function downFact(state: ServiceState, trouble: Trouble, { words, formats }: StatusVoice): Fact {
  const label = words.rows.down
  const { down } = words
  const from = formats.stamp(state.since)
  switch (trouble) {
    case 'device-offline': {
      const { report } = state
      const known = report === null ? [] : [down.deviceKnown(words.modes[report.mode], formats.moment(report.asOf))]
      return { label, fact: down.device, more: [down.deviceWhy, ...known] }
    }
    case 'captured':
      return { label, fact: down.device, more: [down.captured] }
    case 'gateway-down':
      return { label, fact: down.gateway, more: [down.gatewayWhy(from)] }
    case 'maintenance':
      return { label, fact: down.maintenance, more: [down.maintenanceWhy(from)] }
    default:
      return { label, fact: down.authority, more: [down.authorityWhy(from)] }
  }
}

function expectedFact(state: ServiceState, trouble: Trouble, { words, formats, now }: StatusVoice): Fact {
  const label = words.rows.expected
  const { expected } = words
  if (trouble === 'device-offline' || trouble === 'captured') return { label, fact: expected.device, more: [expected.deviceHint] }
  if (trouble === 'gateway-down') return { label, fact: expected.gateway, more: [expected.gatewayHint] }
  const incident = openIncidents(state.report).find(({ expectedAt }) => expectedAt !== null)
  if (incident?.expectedAt == null) return { label, fact: expected.unknown, more: [expected.unknownHint] }
  const said = expected.source(formats.moment(incident.updates[0]?.at ?? incident.startedAt))
  return incident.expectedAt > now
    ? { label, fact: expected.before(formats.upcoming(incident.expectedAt)), more: [said] }
    : { label, fact: expected.unknown, more: [expected.overdue(formats.moment(incident.expectedAt))] }
}

function yoursOf(outbox: OutboxView | null, trouble: Trouble, { words, formats, now }: StatusVoice): Fact {
  const label = words.rows.yours
  const { yours } = words
  const queries = (outbox?.queries ?? []).map(({ query }) => query)
  const waiting = queries.filter(({ state }) => state !== 'needs-user')
  const refused = queries.length - waiting.length + (outbox?.damaged.length ?? 0)
  const look = refused > 0 ? [yours.refused(refused)] : []
  const [oldest] = waiting
  if (oldest === undefined) return { label, fact: yours.none, more: look.length > 0 ? look : [yours.noneHint] }
  const next = Math.min(...waiting.map(({ nextAt }) => nextAt ?? Infinity))
  const when =
    trouble === 'device-offline' || trouble === 'captured'
      ? yours.nextOnline
      : Number.isFinite(next) && next - now > 60_000
        ? yours.next(formats.upcoming(next))
        : yours.nextSoon
  const parked = waiting.filter(({ state }) => state === 'parked').length
  return {
    label,
    fact: yours.kept(waiting.length),
    more: [
      words.join([yours.oldest(formats.stamp(oldest.askedAt)), when, yours.noHands]),
      ...(parked > 0 ? [yours.atGateway(parked)] : []),
      ...look,
    ],
  }
}

function worksOf({ report }: ServiceState, trouble: Trouble, { works }: StatusWords): string[] {
  const own = [works.capture, works.search, works.queue]
  if (trouble === 'up' || trouble === 'degraded') return [works.online, ...own]
  if (trouble !== 'authority-down' && trouble !== 'maintenance') return own
  const others = (report?.components ?? []).filter((one) => one.class !== null && one.class !== 'demo' && one.state === 'up')
  const names = others.map((one) => (one.class === 'registry' ? works.registry : one.name))
  return [...own, works.parking, ...(names.length > 0 && trouble !== 'maintenance' ? [works.onlineFrom(names.join('、'))] : [])]
}

function progressOf({ report, since }: ServiceState, isDown: boolean, words: StatusWords): Step[] {
  const steps = openIncidents(report).flatMap(({ updates, title, startedAt }) => [...updates, { at: startedAt, text: title }])
  if (isDown && !steps.some(({ at }) => at <= since)) steps.push({ at: since, text: words.detected })
  return steps.sort((a, b) => b.at - a.at)
}

function openIncidents(report: ServiceReport | null): ServiceReport['incidents'] {
  return (report?.incidents ?? []).filter(({ state }) => state !== 'resolved')
}

function sourceLine({ id, name, class: whose, state, latencyMs }: ServiceReport['components'][number], words: StatusWords): SourceLine {
  const { sources } = words
  const title = sources.named[id] ?? (whose === null ? name : sources.classes[whose])
  const speed = latencyMs === null || state !== 'up' ? '' : ` · ${sources.latency(latencyMs)}`
  return {
    id,
    name: sources.named[id] === undefined && (whose === 'authority' || whose === 'peer') ? `${title}（${name}）` : title,
    state: `${sources[state]}${speed}`,
    up: state === 'up',
  }
}

function duration(milliseconds: number, words: StatusWords): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000))
  return words.duration(Math.floor(minutes / 60), minutes % 60)
}
