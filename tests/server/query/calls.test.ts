import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, vi } from 'vitest'
import { queryOf } from '../kit/fixtures.ts'
import { testGateway } from '../kit/gateway.ts'
import { always, testSource } from '../kit/source.ts'

/** How the calls in a gateway's database ended; null for one that is still open or was cut off. */
function outcomes(data: string): unknown[] {
  const db = new Database(join(data, 'piaozai.sqlite'), { readonly: true })
  const found = db.prepare('select outcome from calls').pluck().all()
  db.close()
  return found
}

describe('a call to a metered source', () => {
  it('ends in the database together with its answer', async () => {
    const gateway = await testGateway({ sources: [testSource(always('ok'))] })
    await gateway.postOne(queryOf(1))
    expect(outcomes(gateway.config.data)).toEqual(['ok'])
  })

  it('is still one that was cut off when its answer could not be kept, so that what is asked again is explained', async () => {
    const gateway = await testGateway({ sources: [testSource(always('ok'))] })
    vi.spyOn(gateway.gateway.store, 'settle').mockRejectedValueOnce(new Error('disk full'))
    await gateway.postOne(queryOf(1))
    expect(outcomes(gateway.config.data)).toEqual([null])
  })
})
