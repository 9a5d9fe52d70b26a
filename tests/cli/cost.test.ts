import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { expect, it, onTestFinished } from 'vitest'
import { commands } from '../../src/cli/commands.ts'
import { dispatch } from '../../src/cli/dispatch.ts'
import { openSqliteStore } from '../../src/server/store/sqlite.ts'

async function cost(folder: string, ...argv: string[]) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
  const env = {
    PIAOZAI_DATA: folder,
    PIAOZAI_SOURCES: 'registry,simulated',
    PIAOZAI_SIMULATED_AUTHORITY: 'none.json',
    PIAOZAI_BUDGETS: 'simulated=500',
    PIAOZAI_PRICES: 'simulated=0.25',
  }
  const exit = await dispatch(commands, ['cost', ...argv], { stdin, stdout, stderr, env })
  const text = ((stdout.read() as Buffer | null) ?? '').toString()
  return { exit, lines: text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as unknown])) }
}

it('says of each source what a day has cost so far, and what may still be asked', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'piaozai-cost-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const day = '2026-11-24'
  const store = await openSqliteStore(join(folder, 'piaozai.sqlite'))
  for (const id of ['1', '2', '3']) {
    const call = { id, source: 'simulated', invoice: id, day, at: Date.parse('2026-11-24T02:00:00Z') }
    await store.charge(call, { looks: 5, budget: null })
  }
  await store.endCall({ id: '1', outcome: 'ok' })
  await store.endCall({ id: '2', outcome: 'mismatch' })
  await store.endCall({ id: '3', outcome: 'unavailable' })
  await store.close()

  expect(await cost(folder, day)).toEqual({
    exit: 0,
    lines: [{ day, source: 'simulated', calls: 3, billed: 2, yuan: 0.5, budget: 500 }],
  })
  expect(await cost(folder, '2026-11-23')).toMatchObject({ lines: [{ calls: 0, yuan: 0, budget: 500 }] })
  expect((await cost(folder, 'yesterday')).exit).toBe(2)
})
