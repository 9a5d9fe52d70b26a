import type { SealVerdict } from '../../../domain/index.ts'
import type { PartKind } from '../../verdict/seal.ts'

const parts: Readonly<Record<PartKind, string>> = {
  index: '文件目录',
  page: '版面',
  data: '发票数据',
  tags: '标签',
  picture: '图片',
  template: '底版',
  signature: '签章清单',
  value: '签章值',
  'signed-bytes': '签名覆盖的内容',
  'appended-bytes': '签名之后追加的内容',
  other: '其他部分',
}

/** The exact sentence of a verdict (product.md, "Words that must be honest"). */
interface Sentence {
  readonly signer: string | null
  /** Names of the parts that were altered or are not covered, already joined. */
  readonly parts: string
  /** A list that the person imported trusts the signer. */
  readonly vouched: boolean
}

function sentence(verdict: SealVerdict, { signer, parts: which, vouched }: Sentence): string {
  switch (verdict) {
    case 'trusted':
      return `电子签章验证通过（离线）：文件自签章后未被改动，签章人＝${signer ?? '未写明'}；不代表发票现在有效`
    case 'untrusted-signer':
      return `签章完好，但无法确认签章人身份${vouched ? '；您导入的清单信任此签章人' : ''}`
    case 'partial':
      return `签章只覆盖文件的一部分，未覆盖：${which}`
    case 'tampered':
      return `文件在签章后被改动：${which}`
    case 'unsigned':
      return '此文件不含数字签名，红章只是图片；真伪须联网查验'
    case 'seller-signed':
      return `文件含销售方电子签名，签名后未被改动；签名人自称〈${signer ?? '未写明'}〉，身份未经核实`
    case 'test-seal':
      return '盖的是测试用签章，不能证明真伪'
    case 'undecidable':
      return '签章不规范或无法由第三方核对，不能据此判断真假'
  }
}

/** What a verdict does not prove; the sheet always says it. */
function provesNot(verdict: SealVerdict): readonly string[] {
  switch (verdict) {
    case 'trusted':
      return ['发票现在有效（没有作废、没有红冲）', '没有在别处报销过', '买卖真的发生过', '签章人的密钥没有泄露']
    case 'untrusted-signer':
    case 'test-seal':
      return ['签章人是谁：名字谁都能写', '票的真伪']
    case 'partial':
      return ['未覆盖的部分没有被改过', '发票现在有效（没有作废、没有红冲）']
    case 'tampered':
      return ['是谁改的，为什么改：转存、编辑都会改动文件', '开票方那里的原件怎样']
    case 'seller-signed':
      return ['签名人就是销售方：名字未经核实', '税务机关那里有同样的记录', '发票现在有效（没有作废、没有红冲）']
    case 'unsigned':
    case 'undecidable':
      return ['票的真伪，哪一边都不能证明']
  }
}

/** Why a verdict is what it is, by the code of the finding. */
const findings: Readonly<Record<string, string>> = {
  'signer-unknown': '签章人的证书连不到信任清单',
  'maker-unknown': '制章人的证书连不到信任清单',
  'signer-revoked': '签章人的证书已被信任清单撤销',
  'maker-revoked': '制章人的证书已被信任清单撤销',
  'signer-expired': '按签章所载时间，签章人的证书不在有效期内',
  'maker-expired': '按签章所载时间，制章人的证书不在有效期内',
  'signer-forged': '签章人的证书冒用了信任清单上的名字',
  'maker-forged': '制章人的证书冒用了信任清单上的名字',
  'signer-unfit': '签章人的证书不能用于签章',
  'maker-unfit': '制章人的证书不能用于制章',
  'signer-not-in-seal': '印章里没有登记这个签章人',
  'seal-expired': '按签章所载时间，印章不在有效期内',
  'test-seal': '印章由测试机构制作',
  'trusted-by-imported-list': '只有您导入的清单信任此签章人',
  'timestamp-unchecked': '带了时间戳，这里没有核对',
  'office-mismatch': '签章机关的地区和发票代码的地区不同',
  'bytes-appended': '签名之后又追加了内容',
  'several-signers': '先后有几个人签名',
  'weak-algorithm': '签名算法已经不够强',
  'signatures-missing': '文件说有签章，里面却没有',
  'signature-missing': '列出的签章不在文件里',
  'signature-unlisted': '文件里有签章，却没有列出来',
  'signatures-unreadable': '签章列表读不出来',
  'signature-nonstandard': '签章的写法不合标准',
  'signature-unverifiable': '签章里没有证书，第三方无法核对',
  'signature-invalid': '签章值对不上',
  'signature-limit': '签章多得不正常',
  'several-documents': '一个文件里有几份文档，说不清签的是哪一份',
  'certificate-unknown': '带了一张连不到信任清单的证书',
}

/** What signatures prove, in words. */
export const sealZh = {
  sentence,
  provesNot,
  provesNotTitle: '它不能证明',
  part: (kind: PartKind, name: string) => (kind === 'other' ? name : parts[kind]),
  someParts: (names: readonly string[], more: number) => `${names.join('、')}${more > 0 ? `等 ${more + names.length} 项` : ''}`,
  finding: (code: string) => findings[code] ?? `文件的写法不正常（${code}）`,
  here: (when: string, age: string) => `${when}（${age}），在这台设备上算的`,
  signer: '签章人',
  signerOwnWord: '证书里自己写的名字，没有核实',
  signerTrusted: '证书连到信任清单',
  noSigner: '没有写明',
  signedAt: '签章所载时间',
  signedAtNote: '由签章人自己写入，没有时间戳佐证',
  chain: '证书链',
  list: (version: string) => `信任清单第 ${version} 版`,
  coverage: '覆盖范围',
  covered: (count: number) => `文件里 ${count} 个条目，全部在签章之内`,
  uncovered: (count: number, of: number) => `文件里 ${of} 个条目，${count} 个不在签章之内`,
  altered: (count: number, of: number) => `签章之内 ${of} 个条目，${count} 个被改动`,
  why: '缘由',
  technical: '看技术细节',
  algorithm: '算法',
  sealName: '印章名称',
  fileHash: '文件的 SHA-256',
  digests: '逐项核对',
  holds: '与签章时一致',
  broken: '与签章时不同',
  notCovered: '不在签章之内',
  otherFiles: '这张票的别的文件',
  known: {
    title: '我们怎么知道的',
    all: '全部依据',
    noSeal: '这张票没有带可以核对签章的文件',
    answers: '联网答复',
    noAnswer: '还没有来源答复过',
    former: '按改动前的内容问的，不算在内',
    receipts: '网关回执',
    noReceipt: '还没有回执',
    checks: '核对',
    checksNote: '号码与金额勾稽，仅说明录入无误',
    fine: '正常',
    wrong: '对不上',
    unknown: '无法判断',
    noChecks: '没有可以核对的数',
    conflicts: '读数不一致',
    conflict: (kept: string, keptFrom: string, other: string, otherFrom: string) =>
      `${kept}（${keptFrom}），另读到 ${other}（${otherFrom}）`,
    provenance: '每一项从哪里来',
  },
  lists: {
    title: '信任清单',
    inForce: '现用清单',
    version: (version: number, date: string) => `第 ${version} 版，${date}`,
    about: '按它核对签章人。新清单不会换成旧的，撤销过的不会恢复',
    own: '您导入的清单',
    none: '没有',
    ownAbout: '只有它信任的签章人，仍按无法确认身份来写，并注明是您的清单信任的',
    take: '导入清单',
    drop: '移除',
    judging: '正在按新清单重新核对',
    taken: {
      adopted: '换上了新的信任清单',
      imported: '清单已导入',
      'not-newer': '没有换：现在的清单一样新或更新',
      malformed: '这不是信任清单，没有导入',
      forged: '清单的签名对不上，没有导入',
      unreadable: '文件打不开，没有导入',
      failed: '没有存下，清单没有变',
    },
    dropped: '已移除您导入的清单',
  },
}

export type SealWords = typeof sealZh
