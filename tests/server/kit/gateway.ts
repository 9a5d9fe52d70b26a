import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { onTestFinished } from 'vitest'
import { queriesReply, querySummary, type QueryResult, type QuerySummary } from '../../../src/api/index.ts'
import { createGateway, readConfig, silentLog, type Config, type Gateway, type Logger } from '../../../src/server/index.ts'
import { importRecords } from '../../../src/server/registry/import.ts'
import type { Readings } from '../../../src/server/admission/load.ts'
import type { Egress } from '../../../src/server/egress/egress.ts'
import type { Source } from '../../../src/server/sources/source.ts'
import type { Store } from '../../../src/server/store/store.ts'
import type { Pages } from '../../../src/server/static/pages.ts'
import { ask } from './ask.ts'
import { testClock, type TestClock } from './clock.ts'
import { testRandom } from './random.ts'

/** A gateway in this process on a real database, with everything but clock, randomness and sources being the real thing. */
export interface TestGateway {
  readonly gateway: Gateway
  readonly clock: TestClock
  readonly config: Config
  /** Sends a request as a device would, from an address. */
  fetch(path: string, init?: RequestInit, address?: string): Promise<Response>
  /** Posts queries and reads the results; time stands still unless the test lets it pass. */
  post(...queries: readonly object[]): Promise<QueryResult[]>
  postOne(query: object): Promise<QueryResult>
  /** Posts as somebody in another network. */
  postFrom(address: string, ...queries: readonly object[]): Promise<QueryResult[]>
  summary(id: string): Promise<QuerySummary>
  importCsv(text: string): ReturnType<typeof importRecords>
}

export interface TestOptions {
  readonly sources?: readonly Source[]
  readonly env?: Readonly<Record<string, string>>
  readonly clock?: TestClock
  readonly log?: Logger
  /** The data directory, to start again on what an earlier gateway left. */
  readonly data?: string
  readonly more?: Partial<Config>
  /** The way to services on the network; without it there is none. */
  readonly egress?: Egress
  /** The operator's key that trust lists are signed with; by default the one that the build pins. */
  readonly operatorKey?: string
  /** What decides its randomness: another one for each gateway of one database. */
  readonly seed?: number
  /** The store it shares with other gateways of the test, who closes it; by default its own. */
  readonly store?: Store
  /** How hard its process has to work; by default it never does. */
  readonly readings?: () => Readings
  /** The pages of the app; by default there are none. */
  readonly pages?: Pages
}

/** A directory that is gone after the test. */
export function testDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), 'piaozai-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** Starts a gateway that is stopped after the test. */
export async function testGateway(options: TestOptions = {}): Promise<TestGateway> {
  const { sources = [], env = {}, clock = testClock(), log = silentLog(), data = testDirectory(), more = {}, egress = nowhere } = options
  const watched = options.readings === undefined ? {} : { readings: options.readings }
  const shown = options.pages === undefined ? {} : { pages: options.pages }
  const { store } = options
  const shared = store && { openStore: () => Promise.resolve({ ...store, isShared: true, close: () => Promise.resolve() }) }
  const operator = options.operatorKey === undefined ? {} : { operatorKey: options.operatorKey }
  const config = { ...readConfig({ PIAOZAI_DATA: data, ...env }), ...generous, ...more }
  const made = await createGateway({
    config,
    clock,
    random: testRandom(options.seed),
    log,
    egress,
    moreSources: sources,
    ...operator,
    ...shared,
    ...watched,
    ...shown,
  })
  let stopped: Promise<void> | null = null
  const gateway = { ...made, stop: () => (stopped ??= made.stop()) }
  onTestFinished(() => gateway.stop())

  const fetch: TestGateway['fetch'] = (path, init, address = '198.51.100.1') => ask(gateway.app, `http://localhost${path}`, init, address)
  async function postFrom(address: string, ...queries: readonly object[]): Promise<QueryResult[]> {
    const headers = { 'Content-Type': 'application/json' }
    const response = await fetch('/api/v1/queries', { method: 'POST', headers, body: JSON.stringify({ queries }) }, address)
    return queriesReply.parse(await response.json()).results
  }
  const post: TestGateway['post'] = (...queries) => postFrom('198.51.100.1', ...queries)
  return {
    gateway,
    clock,
    config,
    fetch,
    post,
    postFrom,
    async postOne(query) {
      const [result] = await post(query)
      if (!result) throw new Error('no result')
      return result
    },
    summary: async (id) => querySummary.parse(await (await fetch(`/api/v1/queries/${id}`)).json()),
    importCsv: (text) => importRecords(gateway.store, Readable.from([Buffer.from(text)]), { now: clock.now() }),
  }
}

const nowhere: Egress = () => () => Promise.reject(new Error('there is no network'))

/** So many queries that no test meets the limits by accident. */
const generous = { deviceRate: { perMinute: 1e6, burst: 1e6 }, networkRate: { perMinute: 1e6, burst: 1e6 } }
