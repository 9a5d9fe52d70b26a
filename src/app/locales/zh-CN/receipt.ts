import type { Comparison, ReceiptStatus, Uncheckable } from '../../../authenticity/index.ts'
import type { Speaker } from '../../verdict/speech.ts'

/** What a receipt's sentence is made of; names and times come formatted. */
interface Said {
  readonly gateway: string
  readonly at: string
  readonly asOf: string
  /** Whom the gateway asked. */
  readonly source: string
}

/** The exact sentence of a receipt (product.md, "Words that must be honest"): who says that who answered what, and when. */
function sentence(status: ReceiptStatus, speaker: Speaker, { gateway, at, asOf, source }: Said): string {
  const demo = speaker === 'demo' ? '演示数据，不是真实的发票：' : ''
  const told = `${demo}网关〈${gateway}〉于${at} `
  const asked = `${told}就这张发票问过${source}，答复：`
  switch (status) {
    case 'ticket':
      return `${told}收下了关于这张发票的问题，还没有来源答复`
    case 'confirmed':
      if (speaker === 'authority' || speaker === 'demo') return `${asked}一致（数据截至${asOf}）`
      return `${told}拿这张发票和${source}比过：一致，未经税务来源查验（数据截至${asOf}）`
    case 'mismatch':
      return `${asked}填写的内容与登记不一致，请核对后再查（数据截至${asOf}）`
    case 'not-found':
      return `${asked}两次未查到，不等于假票（数据截至${asOf}）`
    case 'voided':
      return `${asked}已作废（数据截至${asOf}）`
    case 'red-flushed-full':
      return `${asked}已全额红冲（数据截至${asOf}）`
    case 'red-flushed-partial':
      return `${asked}已部分红冲（数据截至${asOf}）`
    case 'out-of-range':
      return `${told}答复：开票已超过五年，线上不再提供查验；可到办税服务厅办理`
    case 'cannot-be-checked':
      return `${told}答复：没有可用的联网查验来源`
  }
}

/** Why a receipt can be neither believed nor called altered, and what helps. */
const uncheckable: Readonly<Record<Uncheckable, readonly [why: string, help: string]>> = {
  'unknown-key': ['这台设备没有签它的网关的公钥', '联网打开那个网关一次，公钥就会存下，以后不用网络也能核对'],
  'later-version': ['它用的是更新的写法，这个版本读不懂', '联网打开一次，换上新版本再核对'],
  'key-out-of-period': ['签它的公钥，那时不在使用期内', '请向网关再查一次，要一张新的回执'],
  'key-revoked': ['签它的公钥已被网关撤销，不再可靠', '请向网关再查一次，要一张新的回执'],
}

const compared: Readonly<Record<Comparison, string>> = { same: '相同', differs: '不同', unknown: '无法比对' }

/** Receipts in words. */
export const receiptZh = {
  title: '查验回执',
  sentence,
  speakers: {
    registry: '网关自己的登记',
    peer: '另一个网关的登记',
    demo: '编出来的演示数据',
    nobody: '没有写明的来源',
  } as Readonly<Record<Exclude<Speaker, 'authority'>, string>>,
  notTax: '不是税务凭证，也不代表发票现在有效',
  notAnswer: '不是查验结果，也不是税务凭证',
  ticket: '排队凭据，还没有结果',
  /** `data` when the data are of another day than the answer. */
  age: (age: string, data: string | null) => `${age}的答复${data === null ? '' : `，数据是${data}的`}`,
  ticketAge: (age: string) => `${age}收下的`,
  ahead: '回执的时间比这台设备的钟还晚，请看看设备的时间对不对',
  time: (date: string, clock: string) => `${date} ${clock}`,
  sameDay: (clock: string) => `当天 ${clock}`,
  orEarlier: (when: string) => `${when} 或更早`,
  notStated: '没有写明',
  filledIn: '以上各项由提问的人填写，来源只答复是否一致',
  ticketFilledIn: '以上各项由提问的人填写，还没有核对',
  id: '回执编号',
  checking: '正在这台设备上核对',
  fetching: '正在向网关取公钥',
  checkedHere: '已在这台设备上核对：回执没有被改过，没有联网',
  checkedFetched: '已在这台设备上核对：回执没有被改过，公钥刚从网关取来',
  altered: {
    title: '签名不符',
    text: '内容和签名对不上：可能被改过，也可能抄错或没扫全。请向给您的人要原来的二维码，再扫一次',
    note: '按这张回执，什么都不能认定',
  },
  uncheckable: {
    title: '无法核对',
    why: (because: Uncheckable) => `${uncheckable[because][0]}。${uncheckable[because][1]}`,
    note: '不能据此判断回执的真假',
  },
  malformed: '这不是回执，或者没有抄全。回执以 FPR1 开头，一共 160 个字；请和原来的对一遍，或者扫它的二维码',
  failed: { title: '没能核对', text: '浏览器不让在这个网址上核对。用 https 的网址打开，再试一次' },
  again: '再试一次',
  another: '再核对一张',
  share: '分享回执',
  shared: (title: string, id: string, url: string) => `查验回执 ${id}：${title}。打开网址核对：${url}`,
  entry: {
    label: '回执或它的网址',
    hint: '粘贴收到的短信、文字或网址。在这台设备上核对，不联网也行，内容不会发出去',
    placeholder: 'FPR1…',
    check: '核对',
    scan: '扫回执的二维码',
  },
  match: {
    title: '和票夹里的这张比',
    none: '票夹里没有这张发票，请拿手上的票面和上面逐项核对',
    all: '能比的各项都相同',
    some: '有一项不同，这张回执说的可能不是它',
    unsure: '号码相同，别的各项无法比对',
    compared,
    mine: (value: string) => `票夹里是 ${value}`,
    open: '看这张发票',
    failed: '票夹没能打开，请拿手上的票面和上面逐项核对',
  },
  card: {
    signed: (gateway: string, title: string) => `网关〈${gateway}〉签的：${title}`,
    differs: '回执说的和这条答复不同，请再问一次',
    show: '出示二维码',
    share: '分享',
    of: (id: string) => `回执 ${id}`,
  },
  qr: {
    label: (id: string) => `回执 ${id} 的二维码`,
    tooLong: '这个网址太长，放不进二维码，请分享文字',
    hint: '用相机扫，打开网页就能核对；打开过这个网关的设备，不联网也行',
  },
}

export type ReceiptWords = typeof receiptZh
