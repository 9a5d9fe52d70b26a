import { afterEach, beforeEach, expect, it } from 'vitest'
import WalletPage from '../../../src/app/pages/WalletPage.vue'
import { depsOf, open } from '../support/app.ts'
import { answered, answerOf, viewOf } from '../support/samples.ts'

beforeEach(() => performance.clearMarks())
afterEach(() => {
  document.body.replaceChildren()
})

it('shows every invoice as a card under its month', async () => {
  const views = [
    viewOf('a', { issuedOn: '2025-06-05', amount: 38600 }, answered(answerOf('confirmed', 'authority'))),
    viewOf('b', { issuedOn: '2025-05-31', amount: 5720, seller: { name: null, taxId: null } }),
  ]
  const { page } = await open(WalletPage, '/', depsOf({ views, calls: [] }))
  const text = page.text().replace(/\s+/g, ' ')
  expect(text).toContain('2025年6月 1 张')
  expect(text).toContain('示例餐饮店')
  expect(text).toContain('税务查验一致')
  expect(text).toContain('尾号 4821')
  expect(page.findAll('a[href^="/invoices/"]')).toHaveLength(2)
})

it('says that it can be used once the list is there', async () => {
  await open(WalletPage, '/', depsOf({ views: [viewOf('a')], calls: [] }))
  expect(performance.getEntriesByName('wallet-interactive')).toHaveLength(1)
})

it('an empty wallet shows where the first invoice will be and four ways in, and is interactive too', async () => {
  const { page } = await open(WalletPage, '/', depsOf({ views: [], calls: [] }))
  expect(page.text()).toContain('第一张票会出现在这里')
  expect(page.findAll('.ways a')).toHaveLength(4)
  expect(page.find('[aria-label="搜索"]').exists()).toBe(false)
  expect(performance.getEntriesByName('wallet-interactive')).toHaveLength(1)
})

it('draws a screenful of ten thousand cards', async () => {
  const views = Array.from({ length: 10_000 }, (_, index) => viewOf(`e${index}`))
  const { page } = await open(WalletPage, '/', depsOf({ views, calls: [] }))
  const drawn = page.findAll('a[href^="/invoices/"]').length
  expect(drawn).toBeGreaterThan(5)
  expect(drawn).toBeLessThan(40)
})

it('narrows to what a filter or a word finds, and says when that is nothing', async () => {
  const views = [viewOf('a', {}, answered(answerOf('confirmed', 'authority'))), viewOf('b')]
  const { page } = await open(WalletPage, '/', depsOf({ views, calls: [] }))
  await page.find('[aria-label="筛选"]').trigger('click')
  const chip = (name: string) => page.findAll('.filters button').find((button) => button.text() === name)
  await chip('已有答复')?.trigger('click')
  expect(page.findAll('a[href^="/invoices/"]')).toHaveLength(1)
  await chip('要看一眼')?.trigger('click')
  expect(page.text()).toContain('没有这样的票')
  await page
    .findAll('button')
    .find((button) => button.text() === '清掉筛选')
    ?.trigger('click')
  expect(page.findAll('a[href^="/invoices/"]')).toHaveLength(2)
})

it('asks what is due without a finger, too', async () => {
  const calls: string[] = []
  const { page } = await open(WalletPage, '/', depsOf({ views: [viewOf('a')], calls }))
  await page.find('[aria-label="筛选"]').trigger('click')
  await page
    .findAll('button')
    .find((button) => button.text() === '问一下到时间的票')
    ?.trigger('click')
  expect(calls).toEqual(['drain'])
})
