import type { Clock } from '../clock.ts'
import { faultOf, type Logger } from '../log.ts'
import type { Word } from '../store/shared.ts'
import type { Store } from '../store/store.ts'
import type { Gate } from './gate.ts'
import { isRemote } from './source.ts'

/** Lets gateways on one store learn from each other which sources are down, stopped or back. Nothing of it is ever in a query's way. */
export interface Breakers {
  /** There is something to tell. */
  tell(): void
  /** Hears now what has been told since the last look. Never rejects. */
  look(): Promise<void>
  stop(): Promise<void>
}

export interface BreakersNeeds {
  readonly store: Store
  readonly gates: readonly Gate[]
  /** The number this gateway drew at its start. */
  readonly gateway: string
  readonly clock: Clock
  readonly log: Logger
  readonly probeMs: number
}

/** Milliseconds between two looks, at most and at least. */
const lookMs = { most: 1000, least: 100 } as const

/** Of what was told between two looks nobody knows the order: that a source works is believed last, for it is put to the test at once. */
const order = { unknown: 0, down: 1, up: 2, stopped: 3 } as const satisfies Record<Word['state'], number>

/**
 * Begins to tell and to hear. What was told before the first look is of the past: state is not kept over a restart, and an operator repairs by one.
 * While the store is away each gateway goes on alone.
 */
export function startBreakers({ store, gates, gateway, clock, log, probeMs }: BreakersNeeds): Breakers {
  const shared = gates.filter(({ source }) => isRemote(source))
  const told = new Map<string, number>()
  const stopping = new AbortController()
  const pauseMs = Math.min(lookMs.most, Math.max(lookMs.least, probeMs / 2))
  /** The revision of each word at the last look; null before the first. */
  let seen: ReadonlyMap<string, number> | null = null
  let lookedAt = 0
  let isAway = false
  let telling: Promise<void> | null = null
  let looking: Promise<void> | null = null

  async function noted(work: () => Promise<void>): Promise<void> {
    try {
      await work()
      isAway = false
    } catch (error) {
      if (!isAway) log.warn(faultOf(error), 'gateways cannot tell each other how the sources are')
      isAway = true
    }
  }

  async function tellAll(): Promise<void> {
    for (const { source, monitor } of shared) {
      for (let word = monitor.word(); word !== null && word.revision !== told.get(source.id); word = monitor.word()) {
        const { begunAt, ...rest } = word
        const now = clock.now()
        await store.tell({ ...rest, source: source.id, gateway, age: Math.max(0, now - begunAt), toldAt: now })
        told.set(source.id, word.revision)
      }
    }
  }

  async function lookAtAll(): Promise<void> {
    const begun = clock.now()
    const words = await store.words()
    const [before, since] = [seen, lookedAt]
    seen = new Map(words.map((word) => [keyOf(word), word.revision]))
    lookedAt = begun
    if (before === null) return
    for (const word of words.toSorted((a, b) => order[a.state] - order[b.state])) {
      const known = before.get(keyOf(word)) ?? 0
      if (word.gateway !== gateway && word.revision !== known) hear(word, known, since)
    }
  }

  /** @param since the look before: the word was told after it, by this clock. */
  function hear({ source, state, changed, age }: Word, known: number, since: number): void {
    const monitor = shared.find((gate) => gate.source.id === source)?.monitor
    if (!monitor) return
    const before = monitor.health().state
    monitor.heard(clock.now(), { state, isChange: changed > known, toldAt: since, begunAt: since - age })
    const after = monitor.health().state
    if (after !== before) log[after === 'stopped' ? 'error' : 'info']({ source, state: after }, 'another gateway says how a source is')
  }

  const breakers: Breakers = {
    tell() {
      telling ??= noted(tellAll).finally(() => (telling = null))
    },
    look: () => (looking ??= noted(lookAtAll).finally(() => (looking = null))),
    async stop() {
      stopping.abort()
      await running
    },
  }
  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      // What could not be told before is told now.
      breakers.tell()
      await breakers.look()
      await clock.sleep(pauseMs, stopping.signal)
    }
    await telling
  }
  const running = loop()
  return breakers
}

const keyOf = ({ source, gateway }: Word) => `${source} ${gateway}`
