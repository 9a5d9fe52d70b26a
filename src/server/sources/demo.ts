import { regionOf, ruleOf, emptyInvoice, type Elements, type Invoice, type Outcome } from '../../domain/index.ts'
import type { Said, Source } from './source.ts'

/**
 * Invented data, so that every kind of answer can be seen without any other source. It speaks only about numbers of region 00, which no real
 * invoice has; the last digit of the number decides. Whoever shows its answers must say that they are a demonstration.
 */
export const demoSource: Source = {
  id: 'demo',
  name: 'Demonstration data',
  class: 'demo',
  metered: false,
  supports: (kind) => ruleOf(kind).elements.length > 0,
  ask: (elements) => Promise.resolve(demoAnswer(elements)),
}

const byLastDigit: readonly Outcome[] = [
  'ok',
  'ok',
  'ok',
  'ok',
  'voided',
  'red-flushed-full',
  'red-flushed-part',
  'mismatch',
  'not-found',
  'daily-limit',
]

function demoAnswer(elements: Elements): Said {
  if (regionOf({ code: elements.code ?? null, number: elements.number }) !== '00') return { outcome: 'no-record', asOf: null }
  const outcome = byLastDigit[Number(elements.number.at(-1))] ?? 'ok'
  const matched = outcome === 'ok' || outcome === 'voided' || outcome.startsWith('red-flushed')
  return { outcome, asOf: null, ...(matched && { invoice: demoInvoice(elements) }) }
}

const goods = ['*餐饮服务*餐费', '*信息技术服务*软件服务费', '*办公用品*打印纸', '*运输服务*客运服务费']

/** An invoice around the elements that were asked, always the same one. */
function demoInvoice({ amount: given, amountExTax: net, ...elements }: Elements): Invoice {
  const digit = Number(elements.number.at(-2) ?? '0')
  const amountExTax = net ?? Math.round((given ?? 10_600) / 1.06)
  const amount = given ?? amountExTax + Math.round(amountExTax * 0.06)
  const tax = amount - amountExTax
  return {
    ...emptyInvoice(elements.kind),
    ...elements,
    amountExTax,
    tax,
    amount,
    seller: { name: `演示${['餐饮', '科技', '文具', '出行'][digit % 4] ?? ''}有限公司`, taxId: null },
    buyer: { name: '演示购买方', taxId: null },
    lines: [
      {
        name: goods[digit % 4] ?? null,
        spec: null,
        unit: null,
        quantity: '1',
        unitPrice: (amountExTax / 100).toFixed(2),
        amount: amountExTax,
        taxRate: '6%',
        tax,
      },
    ],
  }
}
