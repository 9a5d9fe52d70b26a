import { expect, it } from 'vitest'
import { testGateway } from '../kit/gateway.ts'
import { testDatabase } from '../kit/postgres/database.ts'

it(
  'a second gateway on one PostgreSQL with other keys does not start, and says which setting must be the same',
  { timeout: 90_000 },
  async () => {
    const env = { PIAOZAI_DATABASE_URL: await testDatabase() }
    const keys = (byte: number) => ({ ...env, PIAOZAI_KEYS: Buffer.alloc(32, byte).toString('base64url') })
    await testGateway({ env: keys(1) })
    await testGateway({ env: keys(1), seed: 2 })
    await expect(testGateway({ env: keys(2), seed: 3 })).rejects.toThrow(/Another gateway.*PIAOZAI_KEYS/)
    await expect(testGateway({ env, seed: 4 })).rejects.toThrow(/PIAOZAI_KEYS/)
  },
)
