import type { OwnNote, SealVerdict, WaitingReason } from '../../../domain/index.ts'
import type { AnswerWord, Authority, Speaker, Uncheckable } from '../../verdict/speech.ts'

const authority: Readonly<Record<Authority, string>> = { tax: '税务查验', fiscal: '财政查验' }

const said: Readonly<Record<AnswerWord, string>> = {
  confirmed: '一致',
  mismatch: '填写与登记不一致',
  'not-found': '两次未查到',
  voided: '已作废',
  'red-flushed-full': '已全额红冲',
  'red-flushed-partial': '已部分红冲',
  'out-of-range': '开票已超过五年',
  'cannot-be-checked': '没有可用的查验来源',
}

const because: Readonly<Record<Uncheckable, string>> = {
  'no-authority-source': '网关没有接税务来源',
  'kind-not-checkable': '这种票没有联网查验',
  'kind-not-supported': '接入的来源不查这种票',
  unknown: '网关没有说明',
}

const waits: Readonly<Record<WaitingReason, string>> = {
  'source-down': '税务查验没有答复',
  maintenance: '联网查验暂停中',
  overload: '网关正忙',
  'not-yet-visible': '新开的票还查不到',
  'daily-limit': '今天次数用完',
  'second-look': '第一次未查到，等第二次核实',
  'device-offline': '这台设备没有网络',
  'gateway-down': '网关没有答复',
}

const saw: Readonly<Record<OwnNote['saw'], string>> = {
  match: '看到一致',
  mismatch: '看到不一致',
  nothing: '没有查到',
  other: '看到别的',
}

const seals: Readonly<Record<SealVerdict, string>> = {
  trusted: '签章验证通过（离线）',
  'untrusted-signer': '签章完好，签章人未能确认',
  'test-seal': '测试用签章',
  partial: '签章只覆盖一部分',
  tampered: '文件在签章后被改动',
  'seller-signed': '含销售方签名，身份未核实',
  unsigned: '不含数字签名',
  undecidable: '签章不规范',
}

/** What stands beside the verdict on a seal while nobody was asked. */
function sealAside(verdict: SealVerdict, parts: number): string {
  if (verdict === 'tampered') return `${parts} 处`
  if (verdict === 'partial') return `${parts} 项未覆盖`
  if (verdict === 'test-seal') return '不能证明真伪'
  return verdict === 'undecidable' ? '不能据此判断' : '尚未联网查验'
}

/** What a card's stub may say: the sentences below, shortened. */
function stub(word: AnswerWord, speaker: Speaker, of: Authority): string {
  if (speaker === 'demo') return `演示数据：${said[word]}`
  if (word === 'out-of-range' || word === 'cannot-be-checked') return said[word]
  switch (speaker) {
    case 'authority':
      return word === 'confirmed' || word === 'not-found' ? `${authority[of]}${said[word]}` : `${authority[of]}：${said[word]}`
    case 'registry':
      return word === 'confirmed' ? '与网关登记一致' : word === 'mismatch' ? '填写与网关登记不一致' : `网关登记：${said[word]}`
    case 'peer':
      return word === 'confirmed' ? '与另一网关登记一致' : word === 'mismatch' ? '填写与另一网关登记不一致' : `另一网关登记：${said[word]}`
    case 'nobody':
      return `未注明来源：${said[word]}`
  }
}

/** The exact sentence of an answer (product.md, "Words that must be honest"). Times come formatted. */
interface Sentence {
  readonly source: string
  readonly answeredAt: string
  readonly asOf: string
  /** When it was looked for, one text per look. */
  readonly looks: string
  readonly because: Uncheckable
}

function sentence(word: AnswerWord, speaker: Speaker, { source, answeredAt, asOf, looks, because: why }: Sentence): string {
  const demo = speaker === 'demo' ? '演示数据：' : ''
  switch (word) {
    case 'confirmed':
      if (speaker === 'authority') return `已于${answeredAt} 经${source}查验：一致（数据截至${asOf}）`
      if (speaker === 'demo') return `演示数据：一致，不是真实的发票（${answeredAt}）`
      return `与${source}的登记一致，未经税务来源查验（数据截至${asOf}）`
    case 'mismatch':
      return `${demo}${source}答复：填写的内容与登记不一致，请核对后再查（截至${asOf}）`
    case 'not-found':
      return `${demo}${source}两次答复未查到（${looks}）；不等于假票`
    case 'voided':
      return `${demo}${source}答复：已作废（截至${asOf}）`
    case 'red-flushed-full':
      return `${demo}${source}答复：已全额红冲（截至${asOf}）`
    case 'red-flushed-partial':
      return `${demo}${source}答复：已部分红冲（截至${asOf}）`
    case 'out-of-range':
      return `${demo}开票已超过五年，线上不再提供查验；可到办税服务厅办理`
    case 'cannot-be-checked':
      return `${demo}没有可用的联网查验来源：${because[why]}`
  }
}

const speakers: Readonly<Record<Speaker, string>> = {
  authority: '税务或财政的查验来源',
  registry: '网关自己的登记，不是税务来源',
  peer: '另一个网关的登记，不是税务来源',
  demo: '编出来的演示数据',
  nobody: '没有来源答过',
}

/** What an answer does not prove; the sheet always says it. */
function provesNot(word: AnswerWord, speaker: Speaker): readonly string[] {
  if (speaker === 'demo') return ['任何真实的事：卖家和金额都是编的']
  switch (word) {
    case 'confirmed':
      return [speaker === 'authority' ? '以后也有效（之后可能作废、红冲）' : '税务来源有同样的记录', '没有在别处报销过', '买卖真的发生过']
    case 'mismatch':
      return ['票有问题：也可能只是填错一个字', '哪一项不一致：来源不说']
    case 'not-found':
      return ['票不存在：来源可能缺记录，或还没同步', '以后也查不到']
    case 'voided':
    case 'red-flushed-full':
    case 'red-flushed-partial':
      return ['为什么作废或红冲', '开票方另开的票怎样']
    case 'out-of-range':
      return ['票的真伪：只是线上不再提供']
    case 'cannot-be-checked':
      return ['票的真伪：还没有来源被问到']
  }
}

/** Verdicts in words. */
export const verdictsZh = {
  authority,
  said,
  because,
  waits,
  speakers,
  stub,
  seals,
  sealAside,
  sentence,
  provesNot,
  sources: { registry: '网关', simulated: '模拟税务来源', demo: '演示数据' } as Readonly<Record<string, string>>,
  unnamed: (speaker: Speaker, of: Authority, id: string) => (speaker === 'authority' ? `${authority[of]}来源 ${id}` : `网关 ${id}`),
  nobody: '网关',
  looks: (times: readonly string[]) => times.join('、'),
  asking: (of: Authority) => `在问${authority[of]}`,
  askingLimit: '最多 5 秒',
  /** A stub's words for a query that waits. */
  waiting(reason: WaitingReason | null, ofToday: boolean): string {
    switch (reason) {
      case null:
        return '等待查验'
      case 'source-down':
      case 'overload':
        return '网关已收下'
      case 'maintenance':
        return '联网查验暂停中'
      case 'not-yet-visible':
        return ofToday ? '今天开的票还查不到' : '新开的票还查不到'
      case 'daily-limit':
        return '今天次数用完'
      case 'second-look':
        return '等第二次核实'
      case 'device-offline':
        return '没有网络，先存下'
      case 'gateway-down':
        return '网关没有答复，先存下'
    }
  },
  /** The exact sentence of a query that waits; `when` is null while nobody has said a time. */
  parked(ticket: string, reason: WaitingReason | null, when: string | null, of: Authority): string {
    const why = reason === null ? '等待查验' : reason === 'source-down' ? `${authority[of]}没有答复` : waits[reason]
    return `网关已收下（编号 ${ticket}）：${why}，${when === null ? '有答复就取' : `约${when} 再问`}，不用您操作`
  },
  notAsked(reason: WaitingReason | null, when: string | null): string {
    const why = reason === null ? '还没轮到' : waits[reason]
    return `尚未查验：${why}，${when === null ? (reason === 'device-offline' ? '联网就' : '马上') : `${when} `}再试`
  },
  askAgainAt: (when: string) => `约${when} 再问`,
  askSoon: '马上再问',
  askOnline: '联网就问',
  needsUser: '这次没能问成',
  needsUserAside: '要看一眼',
  incomplete: (names: readonly string[]) => (names.length > 2 ? `还差 ${names.length} 项` : `还差${names.join('、')}`),
  incompleteAside: '补上就问',
  uncheckable: '这种票不能联网查验',
  uncheckableAside: '票面已存下',
  unasked: '尚未联网查验',
  unaskedAside: '还没问过',
  notByAuthority: '未经税务来源查验',
  notFake: '不等于假票',
  serviceHall: '可到服务厅办理',
  askingAgain: '正在再问',
  saw,
  ownNote: (what: OwnNote['saw']) => `我自己查过：${saw[what]}`,
  ownNoteAside: (age: string) => `${age}，自己记的`,
}

export type VerdictWords = typeof verdictsZh
