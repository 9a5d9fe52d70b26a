import type { Kysely } from 'kysely'
import type { Tables } from '../schema.ts'
import { slot, statement } from '../statement.ts'

const text = slot<string>
const number = slot<number>

/** The registry of issued invoices. */
export const ofRegistry = (db: Kysely<Tables>) => ({
  record: statement(db.selectFrom('records').selectAll().where('key', '=', text('key'))),
  putRecord: statement(
    db
      .insertInto('records')
      .values({
        key: text('key'),
        kind: text('kind'),
        code: slot<string | null>('code'),
        number: text('number'),
        issued_on: text('issuedOn'),
        amount_ex_tax: slot<number | null>('amountExTax'),
        tax: slot<number | null>('tax'),
        amount: slot<number | null>('amount'),
        check_code: slot<string | null>('checkCode'),
        seller_name: slot<string | null>('sellerName'),
        seller_tax_id: slot<string | null>('sellerTaxId'),
        buyer_name: slot<string | null>('buyerName'),
        buyer_tax_id: slot<string | null>('buyerTaxId'),
        lines: slot<string | null>('lines'),
        state: text('state'),
        updated_at: number('updatedAt'),
      })
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet((one) => ({
          kind: one.ref('excluded.kind'),
          code: one.ref('excluded.code'),
          number: one.ref('excluded.number'),
          issued_on: one.ref('excluded.issued_on'),
          amount_ex_tax: one.ref('excluded.amount_ex_tax'),
          tax: one.ref('excluded.tax'),
          amount: one.ref('excluded.amount'),
          check_code: one.ref('excluded.check_code'),
          seller_name: one.ref('excluded.seller_name'),
          seller_tax_id: one.ref('excluded.seller_tax_id'),
          buyer_name: one.ref('excluded.buyer_name'),
          buyer_tax_id: one.ref('excluded.buyer_tax_id'),
          lines: one.ref('excluded.lines'),
          state: one.ref('excluded.state'),
          updated_at: one.ref('excluded.updated_at'),
        })),
      ),
  ),
  records: statement(db.selectFrom('records').selectAll().where('key', '>', text('after')).orderBy('key').limit(number('limit'))),
})
