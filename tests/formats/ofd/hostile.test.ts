import { expect, test } from 'vitest'
import { readFile } from '../../../src/formats/file/read-file.ts'
import { hostileOfds, spoiltInvoice } from '../../fixtures/hostile/index.ts'

test.each(hostileOfds)('%s: an answer within two seconds, and a reason', async (_, file) => {
  const start = process.cpuUsage()
  const { drafts, problems } = await readFile(file)
  const { user, system } = process.cpuUsage(start)
  expect((user + system) / 1000).toBeLessThan(2_000)
  expect([...drafts.flatMap((draft) => draft.problems), ...problems].length).toBeLessThan(60_000)
  for (const draft of drafts) if (draft.invoice.number !== spoiltInvoice.number) expect(draft.problems.length).toBeGreaterThan(0)
})
