import { sql, type Kysely } from 'kysely'
import { expect } from 'vitest'
import type { BytesType } from '../../../src/server/store/migrate.ts'
import { senders } from '../../../src/server/store/migrations/2026-11-25-with-senders.ts'

/** What waited before whose it is was kept with each query: it waits on, in its turn, and nobody's tally says anything of it. */
export async function waitsOn(db: Kysely<unknown>, bytes: BytesType): Promise<void> {
  const migration = senders(bytes)
  await migration.down?.(db)
  await sql`insert into questions (question, invoice, elements, created_at, not_before, lease_until, statements, turn, wary, device, network)
    values ('q', 'i', ${Buffer.of(1)}, 5, 0, 0, '[]', 7, 1, 'd', 'n')`.execute(db)
  await sql`insert into queries (id, question, ticket, received_at, answer, answered_at) values
    ('waits', 'q', 't', 5, null, null), ('answered', 'r', 't', 5, 'a', 6)`.execute(db)
  await migration.up(db)
  const { rows } = await sql<object>`select id, sender, turn, wary from queries order by id`.execute(db)
  expect(rows.map((row) => ({ ...row, turn: Number((row as { turn: unknown }).turn) }))).toEqual([
    { id: 'answered', sender: null, turn: 0, wary: 0 },
    { id: 'waits', sender: null, turn: 7, wary: 1 },
  ])
}
