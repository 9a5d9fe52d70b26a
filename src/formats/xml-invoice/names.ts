import type { RawLine, TextField } from '../fields/index.ts'

/** How one dialect names the fields, lower case, the most telling first. `parent/name` narrows a name that stands in several places. */
export interface Names {
  readonly fields: Partial<Readonly<Record<TextField, readonly string[]>>>
  /** An element that has a child of one of these `name`s is a goods line. */
  readonly line: Partial<Readonly<Record<keyof RawLine, readonly string[]>>>
}

/** 数电票 EInvoice 0.2–0.33, and the `einv` instance, which took its names over. */
export const digitalNames: Names = {
  fields: {
    number: ['taxsupervisioninfo/invoicenumber', 'invoicenumber', 'eiid'],
    issuedOn: ['taxsupervisioninfo/issuetime', 'issuetime', 'requesttime'],
    title: ['generalorspecialvat/labelname', 'einvoicetype/labelname', 'typeofinvoice'],
    amountExTax: ['totalamwithouttax'],
    tax: ['totaltaxam'],
    amount: ['totaltax-includedamount', 'totaltaxincludedamount'],
    amountInWords: ['totaltax-includedamountinchinese', 'totaltaxincludedamountinchinese'],
    sellerName: ['sellername'],
    sellerTaxId: ['selleridnum'],
    buyerName: ['buyername'],
    buyerTaxId: ['buyeridnum'],
    remark: ['additionalinformation/remark', 'remark'],
  },
  line: {
    name: ['itemname'],
    spec: ['specmod'],
    unit: ['meaunits'],
    quantity: ['quantity'],
    unitPrice: ['unprice'],
    amount: ['amount'],
    taxRate: ['taxrate'],
    tax: ['comtaxam'],
  },
}

/** `original_invoice.xml`, and the custom tags of an OFD, which have the same names. */
export const eInvoiceNames: Names = {
  fields: {
    code: ['invoicecode'],
    number: ['invoiceno'],
    issuedOn: ['issuedate'],
    checkCode: ['invoicecheckcode'],
    amountExTax: ['taxexclusivetotalamount'],
    tax: ['taxtotalamount'],
    amount: ['taxinclusivetotalamount'],
    sellerName: ['sellername'],
    sellerTaxId: ['sellertaxid'],
    buyerName: ['buyername'],
    buyerTaxId: ['buyertaxid'],
    remark: ['note'],
    qr: ['graphcode'],
  },
  line: {
    name: ['item'],
    spec: ['specification'],
    unit: ['measurementdimension'],
    quantity: ['quantity'],
    unitPrice: ['price'],
    amount: ['amount'],
    taxRate: ['taxscheme'],
    tax: ['taxamount'],
  },
}

/** The accounting vouchers of the finance ministry: `inv` (VAT), `rai` (rail). */
export const xbrlNames: Names = {
  fields: {
    title: ['typeofinvoice', 'typeofvoucher'],
    code: ['codeofinvoice'],
    number: ['numberofinvoice', 'electronicinvoicerailwayeticketnumber'],
    issuedOn: ['dateofissue'],
    checkCode: ['identifyingcode'],
    amountExTax: ['totalamountexcludingtax'],
    tax: ['totaltaxamount', 'xbrl/taxamount'],
    amount: ['taxincludedamountinfigures', 'fare'],
    amountInWords: ['taxincludedamountinwords'],
    sellerName: ['nameofseller'],
    sellerTaxId: ['taxpayeridentificationnumberunifiedsocialcreditcodeofseller', 'unifiedsocialcreditcodeofseller'],
    buyerName: ['nameofpurchaser'],
    buyerTaxId: ['taxpayeridentificationnumberunifiedsocialcreditcodeofpurchaser', 'unifiedsocialcreditcodeofpurchaser'],
    remark: ['remarks'],
  },
  line: {
    name: ['nameoftaxablegoodsorservices'],
    spec: ['specification'],
    unit: ['unitofgoodsorservices'],
    quantity: ['quantityofgoodsorservices'],
    unitPrice: ['unitpriceofgoodsorservices'],
    amount: ['amountexcludingtax'],
    taxRate: ['taxrate'],
    tax: ['taxamount'],
  },
}

/** 财政电子票据, as the finance ministry's standard has it. A unit's code of its own is no tax id. */
export const fiscalNames: Names = {
  fields: {
    title: ['einvoicename'],
    code: ['einvoicecode'],
    number: ['einvoicenumber'],
    issuedOn: ['issuedate'],
    checkCode: ['randomnumber'],
    amount: ['totalamount'],
    sellerName: ['invoicingpartyname'],
    buyerName: ['payerpartyname'],
    buyerTaxId: ['payerpartycode'],
    remark: ['main/remark', 'remark'],
  },
  line: {
    name: ['itemname'],
    spec: ['itemstd'],
    unit: ['itemunit'],
    quantity: ['itemquantity'],
    amount: ['itemamount'],
  },
}

const sellers = ['销售方', '销方', '销货方']
const buyers = ['购买方', '购方', '购货方']
const taxIds = ['纳税人识别号', '统一社会信用代码', '税号', '识别号']

/** What writers call a detail of a party: in one word with the party, or in an element of the party. */
function ofParty(parties: readonly string[], details: readonly string[]): string[] {
  return parties.flatMap((party) => details.flatMap((detail) => [`${party}${detail}`, `${party}/${detail}`, `${party}信息/${detail}`]))
}

/** Chinese element names, and the names of an OFD's custom data. */
export const chineseNames: Names = {
  fields: {
    title: ['发票类型', '发票种类', '票种', '模板编号', '发票名称', '票据名称'],
    code: ['发票代码', '票据代码'],
    number: ['数电票号码', '数电发票号码', '全电发票号码', '发票号码', '票据号码'],
    issuedOn: ['开票日期', '开票时间', '填开日期'],
    checkCode: ['校验码', '发票校验码'],
    amountExTax: ['合计金额', '金额合计', '不含税金额合计', '不含税金额'],
    tax: ['合计税额', '税额合计'],
    amount: ['价税合计', '价税合计小写', '价税合计_小写'],
    amountInWords: ['价税合计大写', '价税合计_大写'],
    sellerName: [...ofParty(sellers, ['名称']), '收款单位', '开票单位'],
    sellerTaxId: ofParty(sellers, taxIds),
    buyerName: [...ofParty(buyers, ['名称']), '交款人'],
    buyerTaxId: ofParty(buyers, taxIds),
    remark: ['备注'],
  },
  line: {
    name: ['货物或应税劳务名称', '货物或应税劳务、服务名称', '货物名称', '商品名称', '项目名称'],
    spec: ['规格型号'],
    unit: ['单位', '计量单位'],
    quantity: ['数量'],
    unitPrice: ['单价'],
    amount: ['金额', '不含税金额'],
    taxRate: ['税率', '税率征收率'],
    tax: ['税额'],
  },
}

/** Initials of the Chinese names. `sl` is left out: some writers mean 数量 by it, others 税率. */
export const pinyinNames: Names = {
  fields: {
    title: ['fplxmc', 'fpzlmc', 'fpmc'],
    code: ['fpdm'],
    number: ['sdphm', 'fphm'],
    issuedOn: ['kprq', 'kpsj'],
    checkCode: ['jym'],
    amountExTax: ['hjje', 'hjbhsje'],
    tax: ['hjse'],
    amount: ['jshjxx', 'jshj', 'kphjje'],
    amountInWords: ['jshjdx'],
    sellerName: ['xsfmc', 'xhfmc', 'xfmc'],
    sellerTaxId: ['xsfnsrsbh', 'xhfnsrsbh', 'xsfsbh', 'xfsbh', 'xfsh'],
    buyerName: ['gmfmc', 'ghfmc', 'gfmc'],
    buyerTaxId: ['gmfnsrsbh', 'ghfnsrsbh', 'gmfsbh', 'gfsbh', 'gfsh'],
    remark: ['bz'],
  },
  line: {
    name: ['xmmc', 'spmc', 'hwmc', 'hwhyslwfwmc'],
    spec: ['ggxh', 'spgg'],
    unit: ['dw', 'jldw'],
    quantity: ['spsl', 'xmsl'],
    unitPrice: ['dj', 'xmdj', 'spdj'],
    amount: ['je', 'xmje', 'spje'],
    taxRate: ['slv', 'spslv'],
    tax: ['se', 'xmse', 'spse'],
  },
}
