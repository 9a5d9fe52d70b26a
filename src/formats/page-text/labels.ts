import type { TextItem } from './item.ts'
import type { Row } from './rows.ts'

/** The words before a value, as they stand with white space removed. */
const labels = {
  code: /(?:发票|票据)代码:?/g,
  number: /(?:发票|票据)号码:?/g,
  // Beside code and number of its own, a paper one of the 数电 series prints this.
  digitalNumber: /(?:数电发?票|全电发票|电子发票)号码:?/g,
  issuedOn: /(?:开票|填开)日期:?/g,
  checkCode: /校验码:?/g,
  // 财政票据 and air tickets have words of their own for the parties.
  buyerNameFull: /(?:购买方名称(?:及身份证号码\/组织机构代码|(?!及))|买方单位\/个人(?!住址)|交款人(?=:)):?/g,
  sellerNameFull: /(?:销售方名称|卖方单位\/个人(?!住址)|销货单位名称|填开单位|收款单位(?:\(章\))?):?/g,
  name: /名称:/g,
  taxId: /(?:交款人)?(?:统一社会信用代码(?:\/纳税人识别号)?|纳税人识别号|(?<!个人)单位代码)(?:\/(?:有效)?身份证件?号码)?:?/g,
  machine: /机器编号:?/g,
  address: /地址[、,]?电话:?/g,
  bank: /开户行及账号:?/g,
  fare: /(?:票价|退票费):?/g,
  // What may stand beside a value and is none of it.
  other:
    /(?:验证码|提示信息|保险费|销售网点代号|电子客票号码?|复核人?|收款[人员]|开票人|机打代码|机打号码|开具状态|国内国际标识|所属行业|业务流水号|门诊号|备注|(?:项目|工程|产品|商品|货物|服务|合同|店铺|会议|活动|课程|设备)名称):/g,
} as const
export type Label = keyof typeof labels

/** Before a label: the value is that of another invoice, which a red one takes back. */
const ofAnother = /(?:正数|蓝字|原|红冲|冲红|退货)[^:]{0,8}$/

/** Any of them: most lines of a page hold none, and one search tells. */
const anyLabel = new RegExp(
  Object.values(labels)
    .map(({ source }) => source)
    .join('|'),
)

/** A label on a page and what follows it on its line. */
export interface Labelled {
  readonly label: Label
  readonly x: number
  readonly y: number
  /** Figures and brackets in their plain forms. */
  readonly value: string
  /** The same as it is printed. */
  readonly printed: string
  /** The pieces of the value that are not in one with its label. */
  readonly pieces: readonly TextItem[]
}

/** A hole this wide ends a value. Millimetres. */
const hole = 12
/** What begins this far from a label is that of another box. */
const reach = 25
/** In a name it is narrower: what stands further to the right is another box of the page (密码区, 备注). */
const holeInName = 4

/** Every label of a line with its value: up to the next label, or the next hole. */
export function labelled(row: Row): Labelled[] {
  if (!anyLabel.test(row.text)) return []
  const hits = Object.entries(labels)
    .flatMap(([label, pattern]) =>
      [...row.text.matchAll(pattern)].map((match) => ({
        label: ofAnother.test(row.text.slice(0, match.index)) ? 'other' : (label as Label),
        from: match.index,
        to: endInBox(row, match.index, match[0], pattern),
      })),
    )
    // 购买方名称 also holds 名称: the longer label wins.
    .filter((hit, _, list) => !list.some((other) => other !== hit && other.from <= hit.from && other.to >= hit.to))
    .toSorted((a, b) => a.from - b.from)
  return hits.map(({ label, from, to }, index) => {
    const [printed, pieces] = valueOf(row, to, hits[index + 1]?.from ?? row.text.length, /name/i.test(label) ? holeInName : hole)
    return { label, x: row.owners[from]?.x ?? 0, y: row.y, value: printed.normalize('NFKC'), printed, pieces }
  })
}

/** Where a label ends; one that goes on beyond a hole ends before it, if that is a label. Its end may stand on the next line of its box. */
function endInBox({ owners, text }: Row, from: number, found: string, pattern: RegExp): number {
  const to = from + found.length
  const cut = owners.findIndex((item, at) => at > from && at < to && item.x - (owners[at - 1]?.right ?? item.x) > hole)
  if (cut < 0) return to
  const part = text.slice(from, cut).matchAll(pattern).next().value
  return part?.index === 0 ? from + part[0].length : to
}

function valueOf(row: Row, from: number, to: number, inside: number): [string, TextItem[]] {
  const labelItem = row.owners[from - 1]
  let last: TextItem | null = null
  let text = ''
  const pieces = new Set<TextItem>()
  for (let at = from; at < to; at++) {
    const item = row.owners[at]
    if (item && !last && labelItem && item.x - labelItem.right > reach) break
    // A value may stand away from its label, but not from itself.
    if (item && last && row.walls.some((x) => x > last!.x && x < item.x)) break
    if (!item || (last && item !== last && item.x - last.right > (last === labelItem ? hole : inside))) break
    last = item
    if (item !== labelItem) pieces.add(item)
    text += row.printed[at] ?? ''
  }
  return [text.trim(), [...pieces]]
}
