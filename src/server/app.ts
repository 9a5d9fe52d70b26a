import { join } from 'node:path'
import { mkdirSync } from 'node:fs'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import type { WellKnown } from '../api/index.ts'
import { pinnedKey } from '../authenticity/index.ts'
import { createLoad, type Readings } from './admission/load.ts'
import { createAddressOf } from './admission/proxies.ts'
import { createRates } from './admission/rates.ts'
import { createTries } from './admission/tries.ts'
import { createTurns } from './admission/turns.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Egress } from './egress/egress.ts'
import { keysFrom, secretOf, type Keys } from './keys.ts'
import { faultOf, type Logger } from './log.ts'
import { createMetrics } from './operations/metrics.ts'
import { traced } from './operations/trace.ts'
import { watchedSource } from './operations/watched-source.ts'
import { createEstimates } from './parking/estimate.ts'
import { startPurging } from './parking/purge.ts'
import { createSlots } from './parking/slots.ts'
import { startWorker, type Worker } from './parking/worker.ts'
import { createAnswering } from './query/answer.ts'
import { createQuestions } from './query/questions.ts'
import { spread } from './query/retry-after.ts'
import type { Random } from './random.ts'
import { createReceipts } from './receipts/receipts.ts'
import { readSignedList } from './receipts/signed-list.ts'
import { admitted } from './routes/admitted.ts'
import { metricsRoute } from './routes/metrics.ts'
import { publicFiles, publicRoutes } from './routes/public.ts'
import { queryRoutes } from './routes/queries.ts'
import { problemReply } from './routes/reply.ts'
import { addressed } from './routes/sender.ts'
import { shareRoutes } from './routes/share.ts'
import { startCounting } from './sources/cost.ts'
import { createGate, type Gate } from './sources/gate.ts'
import { orderOf } from './sources/policy.ts'
import { sourcesOf } from './sources/providers.ts'
import type { Source } from './sources/source.ts'
import { securityHeaders } from './static/headers.ts'
import { secured } from './static/secure.ts'
import { createStatus } from './status.ts'
import { lockDirectory } from './store/lock.ts'
import { openPostgresStore } from './store/postgres/store.ts'
import { openSqliteStore } from './store/sqlite.ts'
import { StoreAway, type Store } from './store/store.ts'
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
  /** How hard the process has to work; without it, it never does. */
  readonly readings?: () => Readings
  /** Further sources, asked after the configured ones; for tests. */
  readonly moreSources?: readonly Source[]
  /** The operator's key that trust lists are signed with, if it is not the one that the build pins; for tests. */
  readonly operatorKey?: string | null
  /** Answers what is no address of the gateway's own: the pages of the app. */
  readonly pages?: (request: Request) => Promise<Response | null>
}

/** A gateway that runs, without a server in front of it. */
export interface Gateway {
  readonly app: Hono
  readonly store: Store
  /** From now on the API answers 503 `stopping`; what is under way goes on. */
  stopAccepting(): void
  /** Finishes what is under way and closes the store. */
  stop(): Promise<void>
}

function makeDirectory({ data }: Pick<Config, 'data'>): void {
  mkdirSync(data, { recursive: true, mode: 0o700 })
}

/** Where SQLite keeps the data of a configuration. */
export function databaseFile({ data }: Pick<Config, 'data'>): string {
  return join(data, 'piaozai.sqlite')
}

/** Opens the store of a configuration; the data directory and the tables are made when they are missing. */
export async function openStore(config: Pick<Config, 'data' | 'databaseUrl'>): Promise<Store> {
  if (config.databaseUrl !== null) return openPostgresStore(config.databaseUrl)
  makeDirectory(config)
  return openSqliteStore(databaseFile(config))
}

/**
 * Builds a gateway and starts its worker.
 * @throws when the data directory cannot be used, or holds what was sealed under other keys, or a list that a setting names cannot be served.
 */
export async function createGateway(needs: GatewayNeeds): Promise<Gateway> {
  const { config, clock, random, log, egress, moreSources = [], operatorKey = pinnedKey, readings = atRest, pages } = needs
  const trustList = config.trustList === null ? null : await readTrustList(config.trustList, operatorKey)
  const signed = config.receiptKeyList === null ? null : await readSignedList(config.receiptKeyList)
  makeDirectory(config)
  const keys = keysFrom(config.secret ?? secretOf(config.data))
  // Gateways on one PostgreSQL are kept out of each other's way by the database.
  const unlock = config.databaseUrl === null ? lockDirectory(config.data) : () => undefined
  const store = await openStore(config).catch((error: unknown) => {
    unlock()
    throw error
  })
  const receipts = await refuseOtherKeys(store, keys, config.databaseUrl !== null)
    .then(() => createReceipts({ store, keys, clock, signed }))
    .catch(async (error: unknown) => {
      await store.close()
      unlock()
      throw error
    })

  const probeMs = config.probeSeconds * 1000
  let worker: Worker | null = null
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
    }),
  )
  const gatesFor = orderOf(gates, config.sourceSettings.policy)
  const tries = createTries(store, clock)
  const questions = createQuestions({ gatesFor, store, tries, keys, receipts, clock, random, log })
  const turns = createTurns(clock)
  const estimates = createEstimates({ store, gates, clock })
  const slots = createSlots(clock, config.admissionPerSecond)
  const { probeSeconds } = config
  const answering = createAnswering({ store, keys, receipts, clock, random, log, gates, questions, turns, estimates, slots, probeSeconds })
  const rates = createRates(keys, clock, { device: config.deviceRate, network: config.networkRate })
  const load = createLoad({ clock, readings, perSecond: config.admissionPerSecond })
  const status = createStatus({ store, gates, questions, clock, maintenance: config.maintenance })

  await store.recover(sources.map(({ id }) => id))
  if (!config.maintenance) worker = startWorker({ store, gates, questions, clock, log, probeMs })
  const stopPurging = startPurging(store, clock, log)
  const stopCounting = startCounting({ store, clock, log, prices: config.sourceSettings.prices })

  let stopping = false
  const app = new Hono()
  app.use(traced(random))
  app.use(addressed(createAddressOf(config.proxies)))
  app.use(secured(securityHeaders(config)))
  app.use(async (c, next) => {
    c.header('Cache-Control', 'no-store')
    await next()
  })
  for (const path of publicFiles) app.use(path, cors(forEverybody))
  app.use('/api/v1/queries/*', cors(corsOptions(config)))
  app.use('/api/*', async (c, next) => {
    if (stopping) return problemReply(c, 'stopping', { retryAfter: spread(5, random.fraction()) })
    return next()
  })
  app.use('/api/v1/queries/*', admitted({ load, random, clock, maintenance: config.maintenance, onRequest: metrics.onRequest }))
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
  app.route('/', publicRoutes({ status, wellKnown, trustList, store, isStopping: () => stopping }))
  app.route('/', metricsRoute({ text: () => metrics.text({ store, gates, questions, load, clock }), token: config.metricsToken }))
  app.route('/api/v1/queries', queryRoutes({ answering, rates, tries, keys, random }))
  app.route('/', shareRoutes())
  app.all('/api/*', (c) => problemReply(c, 'not-found'))
  app.notFound(async (c) => (await pages?.(c.req.raw)) ?? problemReply(c, 'not-found'))
  app.onError((error, c) => {
    if (error instanceof StoreAway) return problemReply(c, 'store-away', { retryAfter: spread(5, random.fraction()) })
    log.error({ route: c.req.routePath, ...faultOf(error) }, 'a request failed')
    return problemReply(c, 'internal')
  })

  return {
    app,
    store,
    stopAccepting() {
      stopping = true
    },
    async stop() {
      stopping = true
      await worker?.stop()
      await questions.idle()
      await stopPurging()
      await stopCounting()
      await store.close()
      unlock()
    },
  }
}

const atRest = (): Readings => ({ delayMs: 0, memory: 0 })

const forEverybody = { origin: '*', allowMethods: ['GET'], allowHeaders: ['Piaozai-Device', 'If-None-Match'], exposeHeaders: ['ETag'] }

function corsOptions({ origins }: Config) {
  return {
    origin: [...origins],
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['Content-Type', 'Piaozai-Device'],
    exposeHeaders: ['Retry-After'],
    maxAge: 600,
  }
}

/** With other keys no query would be recognised and nothing parked could be read: better not to start. */
export async function refuseOtherKeys(store: Store, keys: Keys, isShared = false): Promise<void> {
  const mine = keys.hash('question', 'which keys are these')
  if ((await store.claimSetting('keys', mine)) === mine) return
  throw new Error(
    isShared
      ? 'Another gateway on this database has other keys: all of them need the same PIAOZAI_KEYS, the one its data were written under.'
      : 'The data were written under other keys: put the file "keys" or PIAOZAI_KEYS back as it was.',
  )
}
