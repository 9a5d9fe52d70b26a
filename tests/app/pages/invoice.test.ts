import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import InvoicePage from '../../../src/app/pages/InvoicePage.vue'
import type { EntryDetail } from '../../../src/wallet/index.ts'
import { depsOf, open } from '../support/app.ts'
import { answered, answerOf, detailOf, now, queryOf, viewOf } from '../support/samples.ts'

afterEach(() => {
  document.body.replaceChildren()
})

async function show(detail: EntryDetail | null, calls: string[] = []) {
  return open(InvoicePage, '/invoices/e', depsOf({ views: [], detail, calls }))
}
const button = (name: string) =>
  [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === name || one.getAttribute('aria-label') === name)

it('shows amount, seller, kind and date, and the one sentence', async () => {
  const { page } = await show(detailOf(viewOf('e')))
  const text = page.text()
  expect(text).toContain('¥186.00')
  expect(page.find('h1').text()).toBe('示例餐饮店')
  expect(text).toContain('数电普票 · 2025年6月5日')
  expect(text).toContain('资料齐全，可以查验。')
})

it('a gap is outlined, says why it is needed and is filled in place', async () => {
  const { page } = await show(detailOf(viewOf('e', { amount: null }, { is: 'incomplete', missing: ['amount'] })))
  expect(page.find('.gap').text()).toContain('查验要用')
  button('补上价税合计')?.click()
  await flushPromises()
  const fields = document.querySelectorAll('dialog .entry-field')
  expect(fields).toHaveLength(1)
  expect(fields[0]?.textContent).toContain('价税合计')
})

it('the timeline holds every answer, newest first, and the capture last', async () => {
  const view = viewOf('e', {}, answered(answerOf('confirmed', 'authority')))
  const settled = (id: string, verdict: 'confirmed' | 'mismatch', counts: boolean, at: number) => ({
    is: 'answered' as const,
    at,
    counts,
    answered: { id, entryId: 'e', question: '', askedAt: at, settledAt: at, answer: answerOf(verdict, 'authority') },
  })
  const detail = detailOf(view)
  const { page } = await show({
    ...detail,
    timeline: [settled('2', 'confirmed', true, now - 1), settled('1', 'mismatch', false, now - 2), ...detail.timeline],
  })
  const steps = page.findAll('.step').map((step) => step.text())
  expect(steps[0]).toContain('税务查验一致')
  expect(steps[1]).toContain('按改动前的内容问的，不算在内')
  expect(steps.at(-1)).toContain('收进票夹')
  expect(page.findAll('.step')[1]?.html()).not.toContain('tone-red')
})

it('an answer opens its sheet: the exact sentence, the source, and what it does not prove', async () => {
  const view = viewOf('e', {}, answered(answerOf('confirmed', 'registry')))
  const detail = detailOf(view)
  const step = {
    is: 'answered' as const,
    at: now,
    counts: true,
    answered: { id: '1', entryId: 'e', question: '', askedAt: now, settledAt: now, answer: answerOf('confirmed', 'registry') },
  }
  const { page } = await show({ ...detail, timeline: [step, ...detail.timeline] })
  await page.find('button.step-body').trigger('click')
  const sheet = document.querySelector('dialog')?.textContent ?? ''
  expect(sheet).toContain('与网关的登记一致，未经税务来源查验')
  expect(sheet).toContain('它不能证明')
  expect(document.querySelector('dialog')?.innerHTML).not.toContain('tone-green')
})

it('an answer says whose each field is, what sources disagree on, and what none of them has', async () => {
  const view = viewOf('e', {}, answered(answerOf('confirmed', 'authority')))
  const detail = detailOf(view)
  const answer = {
    ...answerOf('confirmed', 'authority'),
    invoice: detail.entry.invoice,
    provenance: { amount: 'simulated', 'seller.name': 'simulated', 'buyer.name': 'registry' },
    conflicts: [{ field: 'seller.name', kept: '示例餐饮店', keptFrom: 'simulated', other: '示例食品店', otherFrom: 'registry' }],
    missing: { fields: ['lines'], sources: ['simulated', 'registry'] },
  } as const
  const step = {
    is: 'answered' as const,
    at: now,
    counts: true,
    answered: { id: '1', entryId: 'e', question: '', askedAt: now, settledAt: now, answer },
  }
  const { page } = await show({ ...detail, timeline: [step, ...detail.timeline] })
  await page.find('button.step-body').trigger('click')
  const sheet = document.querySelector('dialog')?.textContent ?? ''
  expect(sheet).toMatch(/票面内容来自模拟税务来源价税合计、销售方网关购买方/)
  expect(sheet).toContain('销售方：模拟税务来源记的是 示例餐饮店，网关记的是 示例食品店；这里显示前一个')
  expect(sheet).toContain('商品在模拟税务来源、网关处缺失，结论不靠它们')
})

it('an answer without a record says nothing of one', async () => {
  const view = viewOf('e', {}, answered(answerOf('mismatch', 'authority')))
  const detail = detailOf(view)
  const settled = { id: '1', entryId: 'e', question: '', askedAt: now, settledAt: now, answer: answerOf('mismatch', 'authority') }
  const { page } = await show({
    ...detail,
    timeline: [{ is: 'answered' as const, at: now, counts: true, answered: settled }, ...detail.timeline],
  })
  await page.find('button.step-body').trigger('click')
  expect(document.querySelector('dialog')?.textContent).not.toMatch(/票面内容来自|不一样|缺失/)
})

it('a parked query shows its ticket, its reason and when it is asked', async () => {
  const query = queryOf()
  const detail = detailOf(viewOf('e', {}, { is: 'waiting', query }))
  const { page } = await show({ ...detail, timeline: [{ is: 'asked', at: query.askedAt, query }, ...detail.timeline] })
  expect(page.text()).toContain('网关已收下（编号 7K3QF-9M2XD）：税务查验没有答复，约今晚 20:10 再问，不用您操作')
})

it('a question asked in the moment of capture stands above the capture', async () => {
  const query = queryOf({ askedAt: now - 600_000 })
  const detail = detailOf(viewOf('e', {}, { is: 'waiting', query }))
  const { page } = await show({ ...detail, timeline: [...detail.timeline, { is: 'asked', at: query.askedAt, query }] })
  const steps = page.findAll('.step').map((step) => step.text())
  expect(steps[0]).toContain('等待查验')
  expect(steps.at(-1)).toContain('收进票夹')
})

it('what was entered can be corrected until an authority has confirmed it', async () => {
  await show(detailOf(viewOf('e', {}, { is: 'waiting', query: queryOf() })))
  button('修改')?.click()
  await flushPromises()
  expect(document.querySelectorAll('dialog .entry-field')).toHaveLength(3)
  document.body.replaceChildren()
  await show(detailOf(viewOf('e', {}, answered(answerOf('confirmed', 'authority')))))
  expect(button('修改')).toBeUndefined()
})

it('asking oneself opens the national platform apart and copies one value at a time', async () => {
  const calls: string[] = []
  await show(detailOf(viewOf('e')), calls)
  button('自己查')?.click()
  await flushPromises()
  const link = document.querySelector<HTMLAnchorElement>('dialog a')
  expect([link?.href, link?.target, link?.rel]).toEqual(['https://inv-veri.chinatax.gov.cn/', '_blank', 'noopener noreferrer'])
  button('复制发票号码')?.click()
  button('复制开票日期')?.click()
  button('复制价税合计')?.click()
  await flushPromises()
  expect(calls).toEqual(['copy 25002000000000004821', 'copy 20250605', 'copy 186.00'])
})

it('what one saw there is kept as an own note', async () => {
  const calls: string[] = []
  await show(detailOf(viewOf('e')), calls)
  button('自己查')?.click()
  await flushPromises()
  button('没查到')?.click()
  await flushPromises()
  button('记下来')?.click()
  await flushPromises()
  expect(calls).toEqual([`note "e" ${JSON.stringify({ saw: 'nothing', text: '', at: now })}`])
})

it('asking again says first that it spends a look', async () => {
  await show(detailOf(viewOf('e', {}, answered(answerOf('not-found', 'authority')))))
  button('再问一次')?.click()
  await flushPromises()
  expect(document.querySelector('dialog')?.textContent).toContain('会用掉一次')
})

it('removing can be undone', async () => {
  const calls: string[] = []
  const { router } = await show(detailOf(viewOf('e')), calls)
  button('移除')?.click()
  await flushPromises()
  expect(calls).toEqual(['remove "e"'])
  expect(router.currentRoute.value.path).toBe('/')
})

it('an invoice that is not there says where it may have gone', async () => {
  const { page } = await show(null)
  expect(page.text()).toContain('这张票不在票夹里')
})
