import type { WellKnown } from '../api/index.ts'
import { pinnedKey } from '../authenticity/index.ts'
import { createDeadline } from './admission/deadline.ts'
import { createLoad, type Readings } from './admission/load.ts'
import { createRates } from './admission/rates.ts'
import { createTries } from './admission/tries.ts'
import { createTurns } from './admission/turns.ts'
import { createUnanswered } from './admission/unanswered.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Egress } from './egress/egress.ts'
import type { Handle } from './http/handle.ts'
import { keysFrom, secretOf } from './keys.ts'
import type { Logger } from './log.ts'
import { createMetrics } from './operations/metrics.ts'
import { watchedSource } from './operations/watched-source.ts'
import { createEstimates } from './parking/estimate.ts'
import { startPurging } from './parking/purge.ts'
import { createSlots } from './parking/slots.ts'
import { startWorker, type Worker } from './parking/worker.ts'
import { createAnswering } from './query/answer.ts'
import { createQuestions } from './query/questions.ts'
import { newRowId, type Random } from './random.ts'
import { createReceipts } from './receipts/receipts.ts'
import { readSignedList } from './receipts/signed-list.ts'
import { createApp } from './routes/app.ts'
import { startBreakers, type Breakers } from './sources/breakers.ts'
import { startCounting } from './sources/cost.ts'
import { createGate, type Gate } from './sources/gate.ts'
import { orderOf } from './sources/policy.ts'
import { sourcesOf } from './sources/providers.ts'
import type { Source } from './sources/source.ts'
import type { Pages } from './static/pages.ts'
import { createStatus } from './status.ts'
import { makeDirectory, openForGateway } from './store/open.ts'
import type { Store } from './store/store.ts'
import { readTrustList } from './trust-list.ts'
import { version } from './version.ts'

/** What a gateway is made of. Everything that tests replace is passed in. */
export interface GatewayNeeds {
  readonly config: Config
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  /** The way to services on the network. */
  readonly egress: Egress
  /** Opens the store, if it is not the one of the configuration; for tests. */
  readonly openStore?: typeof openForGateway
  /** How hard the process has to work; without it, it never does. */
  readonly readings?: () => Readings
  /** Further sources, asked after the configured ones; for tests. */
  readonly moreSources?: readonly Source[]
  /** The operator's key that trust lists are signed with, if it is not the one that the build pins; for tests. */
  readonly operatorKey?: string | null
  /** Answers what is no address of the gateway's own: the pages of the app. */
  readonly pages?: Pages
}

/** A gateway that runs, without a server in front of it. */
export interface Gateway {
  readonly app: Handle
  readonly store: Store
  /** From now on the API answers 503 `stopping`; what is under way goes on. */
  stopAccepting(): void
  /** Finishes what is under way and closes the store. */
  stop(): Promise<void>
}

/**
 * Builds a gateway and starts its worker.
 * @throws when the data directory cannot be used, or holds what was sealed under other keys, or a list that a setting names cannot be served.
 */
export async function createGateway(needs: GatewayNeeds): Promise<Gateway> {
  const { config, clock, random, log, egress, moreSources = [], operatorKey = pinnedKey, readings = atRest, pages } = needs
  const { openStore = openForGateway } = needs
  const trustList = config.trustList === null ? null : await readTrustList(config.trustList, operatorKey)
  const signed = config.receiptKeyList === null ? null : await readSignedList(config.receiptKeyList)
  makeDirectory(config)
  const keys = keysFrom(config.secret ?? secretOf(config.data))
  const store = await openStore(config, keys)
  const receipts = await createReceipts({ store, keys, clock, signed }).catch(async (error: unknown) => {
    await store.close()
    throw error
  })

  const probeMs = config.probeSeconds * 1000
  let worker: Worker | null = null
  let breakers: Breakers | null = null
  const metrics = createMetrics()
  const sources = [...sourcesOf({ config, store, clock, random, egress }), ...moreSources].map((one) =>
    watchedSource(one, clock, metrics.onCall),
  )
  const gates: Gate[] = sources.map((source) =>
    createGate(source, {
      store,
      clock,
      random,
      log,
      probeMs,
      budget: config.sourceSettings.budgets.get(source.id) ?? null,
      onRecovered: () => worker?.wake(),
      onWord: () => breakers?.tell(),
    }),
  )
  const gatesFor = orderOf(gates, config.sourceSettings.policy)
  const tries = createTries(store, clock)
  const questions = createQuestions({ gatesFor, store, tries, keys, receipts, clock, random, log })
  const turns = createTurns()
  const unanswered = createUnanswered(config.networkRate.burst)
  const estimates = createEstimates({ store, gates, clock })
  const slots = createSlots(clock, config.admissionPerSecond)
  const { probeSeconds } = config
  const answering = createAnswering({
    ...{ store, keys, receipts, clock, random, log },
    ...{ gates, questions, turns, unanswered, estimates, slots, probeSeconds },
  })
  const rates = createRates(clock, { device: config.deviceRate, network: config.networkRate })
  const load = createLoad({ clock, readings, perSecond: config.admissionPerSecond })
  const deadline = createDeadline(clock)
  await store.recover(sources.map(({ id }) => id))
  const status = await createStatus({ store, gates, questions, clock, maintenance: config.maintenance })
  if (store.isShared) breakers = startBreakers({ store, gates, gateway: newRowId(clock.now(), random), clock, log, probeMs })
  // What was told before now is of the past.
  const hear = breakers?.look ?? (() => Promise.resolve())
  await hear()
  if (!config.maintenance) worker = startWorker({ store, gates, questions, clock, log, probeMs, hear })
  const stopPurging = startPurging(store, clock, log)
  const stopCounting = startCounting({ store, clock, log, prices: config.sourceSettings.prices })

  let stopping = false
  const wellKnown = async (): Promise<WellKnown> => ({
    product: 'piaozai',
    version,
    ...(await receipts.current()).card,
    trustListVersion: trustList?.version ?? null,
    smsNumber: null,
    statusHosts: [...config.statusHosts],
    channels: [...config.channels],
    admissionPerSecond: config.admissionPerSecond,
  })
  const app = createApp({
    config,
    keys,
    log,
    admission: { load, clock, maintenance: config.maintenance, onRequest: metrics.onRequest },
    card: { status, wellKnown, trustList, store, isStopping: () => stopping, deadline },
    metrics: { text: () => metrics.text({ store, gates, questions, load, clock }), token: config.metricsToken },
    queries: { answering, rates, tries, random, deadline },
    pages,
  })

  return {
    app,
    store,
    stopAccepting() {
      stopping = true
    },
    async stop() {
      stopping = true
      deadline.stop()
      await worker?.stop()
      await questions.idle()
      await breakers?.stop()
      await stopPurging()
      await stopCounting()
      await store.close()
    },
  }
}

const atRest = (): Readings => ({ delayMs: 0, memory: 0 })
