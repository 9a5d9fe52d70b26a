import { describe, expect, it } from 'vitest'
import { statusZh } from '../../../src/app/locales/zh-CN/status.ts'
import { describeService } from '../../../src/app/status/describe.ts'
import type { ServiceReport, ServiceState } from '../../../src/channels/index.ts'
import type { OutboxView } from '../../../src/wallet/index.ts'
import { now, queryOf } from '../support/samples.ts'
import { voice } from '../support/voice.ts'

const minute = 60_000
const since = now - 90 * minute
const report: ServiceReport = {
  mode: 'outage',
  asOf: now,
  components: [
    { id: 'gateway', name: 'Gateway', class: null, state: 'up', since: null, latencyMs: null },
    { id: 'simulated', name: 'Simulated', class: 'authority', state: 'down', since, latencyMs: null },
    { id: 'registry', name: 'Registry', class: 'registry', state: 'up', since: null, latencyMs: 3 },
  ],
  incidents: [
    {
      id: 'i',
      title: '连续 5 次没有答复',
      state: 'identified',
      startedAt: since,
      expectedAt: Date.parse('2025-06-09T20:00:00+08:00'),
      updates: [{ at: now - 27 * minute, text: '来源公告：机房检修，20:00 前恢复' }],
      scope: '',
    },
  ],
  queue: { parked: 2, oldest: since, drainPerMinute: null },
}
const state = (is: ServiceState['is'], change: Partial<ServiceState> = {}): ServiceState => ({
  is,
  captured: false,
  since,
  asOf: now,
  report,
  ...change,
})
const outbox: OutboxView = {
  queries: [
    { query: queryOf({ id: 'a' }), entry: null },
    { query: queryOf({ id: 'b' }), entry: null },
  ],
  damaged: [],
  hold: null,
}
const tell = (service: ServiceState, open: OutboxView | null = outbox) =>
  describeService(service, open, { words: statusZh, formats: voice.formats, now })

describe('the status page', () => {
  it('says in order what is down, until when, and what became of the questions', () => {
    const picture = tell(state('authority-down'))
    expect(picture.headline).toBe('税务查验没有答复')
    expect(picture.since).toBe('今天 09:12 起，已 1 小时 30 分')
    expect(picture.asOf).toBe('截至 10:42，每分钟更新')
    expect(picture.facts).toEqual([
      { label: '不能用', fact: '税务联网查验', more: ['09:12 起没有答复'] },
      { label: '预计恢复', fact: '今晚 20:00 前', more: ['来源公告，今天 10:15'] },
      { label: '您的查验', fact: '2 条都在，没有丢', more: ['最早的 10:33 收下，约今晚 20:10 再问，不用您操作', '其中 2 条网关已收下'] },
    ])
    expect(picture.works).toContain('联网查验：网关自己的登记')
    expect(picture.ways).toEqual(['self'])
    expect(picture.progress.map(({ text }) => text)).toEqual(['来源公告：机房检修，20:00 前恢复', '连续 5 次没有答复'])
  })

  it('says so when an announced time has passed', () => {
    const [incident] = report.incidents
    if (!incident) throw new Error('an incident')
    const late = { ...report, incidents: [{ ...incident, expectedAt: now - minute }] }
    expect(tell(state('authority-down', { report: late })).facts[1]?.more).toEqual(['原说 今天 10:41，还没有恢复'])
  })

  it('tells the three outages, a login page and a suspension apart', () => {
    const headlines = [
      tell(state('device-offline')),
      tell(state('gateway-down')),
      tell(state('authority-down')),
      tell(state('gateway-down', { captured: true })),
      tell(state('authority-down', { report: { ...report, mode: 'maintenance' } })),
    ].map(({ headline }) => headline)
    expect(headlines).toEqual(['这台设备没有网络', '网关没有答复', '税务查验没有答复', '这个网络要先登录', '联网查验暂停中'])
  })

  it('shows offline what was last seen, with its age, and not as if it were so now', () => {
    const old = { ...report, asOf: now - 26 * 60 * minute }
    const picture = tell(state('device-offline', { report: old, asOf: now - 10 * minute }))
    expect(picture.facts[0]?.more).toContain('上次看到（昨天 08:42）：税务查验没有答复')
    expect(picture.asOf).toBe('截至 10:32，10 分钟前的情况，现在看不到新的')
    expect(picture.sources).toEqual([])
    expect(picture.facts[2]?.more[0]).toContain('联网就问')
  })

  it('is short when all is well', () => {
    const well: ServiceReport = { ...report, mode: 'normal', incidents: [] }
    const picture = tell(state('up', { report: well }), { queries: [], damaged: [], hold: null })
    expect(picture).toMatchObject({ headline: '一切正常', since: null, ways: [], progress: [] })
    expect(picture.facts).toEqual([{ label: '您的查验', fact: '没有在等的', more: ['新收的票会先存下'] }])
    expect(picture.works[0]).toBe('联网查验')
  })

  it('says that a gateway without a tax source can only compare with its own records', () => {
    const own = { ...report, mode: 'normal' as const, components: report.components.filter((one) => one.class !== 'authority') }
    expect(tell(state('up', { report: own })).note).toContain('没有接税务来源')
    expect(tell(state('up')).note).toBeNull()
  })

  it('counts what needs a look apart from what waits', () => {
    const queries = [...outbox.queries, { query: queryOf({ id: 'c', state: 'needs-user', problem: 'query-invalid' }), entry: null }]
    const yours = tell(state('authority-down'), { ...outbox, queries }).facts[2]
    expect(yours?.fact).toBe('2 条都在，没有丢')
    expect(yours?.more.at(-1)).toBe('另有 1 条要看一眼')
  })

  it('knows nothing before the first probe, and says so', () => {
    expect(tell(state('unknown', { report: null }), null)).toMatchObject({ headline: '还不知道服务怎么样', asOf: '还没有连上过网关' })
  })
})
