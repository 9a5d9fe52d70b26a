import { describe } from 'vitest'
import { openPostgresStore } from '../../../src/server/store/postgres/store.ts'
import { testDatabase } from '../kit/postgres/database.ts'
import { storeContract } from './store-contract.ts'

describe('the PostgreSQL store', () => {
  storeContract(async () => openPostgresStore(await testDatabase()))
})
