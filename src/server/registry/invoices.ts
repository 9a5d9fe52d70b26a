import { toWireInvoice } from '../../api/index.ts'
import { canonicalKey, type Invoice } from '../../domain/index.ts'
import { openStore } from '../store/open.ts'
import type { Config } from '../config.ts'
import { systemClock } from '../real.ts'
import type { NewRecord, Put } from '../store/record.ts'
import type { Store } from '../store/store.ts'

/** Takes invoices that were read from files into the registry. */
export interface InvoiceImport {
  /**
   * Adds an invoice, or completes the record of it: a file never takes away or changes what the registry has.
   * @returns what became of it, or why it was refused; the reason never quotes a value.
   */
  take(invoice: Invoice): Promise<Put | { readonly refused: string }>
  close(): Promise<void>
}

/** Opens the gateway's data for it, also while the gateway runs. */
export async function openInvoiceImport(config: Pick<Config, 'data' | 'databaseUrl'>): Promise<InvoiceImport> {
  const store = await openStore(config)
  return { take: (invoice) => takeInvoice(store, invoice, systemClock.now()), close: () => store.close() }
}

async function takeInvoice(store: Store, invoice: Invoice, now: number): Promise<Put | { readonly refused: string }> {
  const fresh = toRecord(invoice, now)
  if ('refused' in fresh) return fresh
  const before = await store.record(fresh.key)
  const record = before === null ? fresh : completed(before, fresh)
  if ('refused' in record) return record
  const [put] = await store.putRecords([record])
  return put ?? 'unchanged'
}

function toRecord(invoice: Invoice, now: number): NewRecord | { readonly refused: string } {
  const { kind, code, number, issuedOn, amountExTax, tax, amount, checkCode, seller, buyer } = invoice
  const key = canonicalKey(invoice)
  if (kind === 'other') return { refused: 'the kind is unknown' }
  if (number === null) return { refused: 'number is missing' }
  if (key === null) return { refused: 'code is missing' }
  if (issuedOn === null) return { refused: 'issuedOn is missing' }
  const lines = toWireInvoice(invoice).lines
  return {
    key,
    kind,
    code,
    number,
    issuedOn,
    amountExTax,
    tax,
    amount,
    checkCode,
    sellerName: seller.name,
    sellerTaxId: seller.taxId,
    buyerName: buyer.name,
    buyerTaxId: buyer.taxId,
    lines: lines.length === 0 ? null : JSON.stringify(lines),
    state: 'normal',
    updatedAt: now,
  }
}

const compared = [
  'kind',
  'code',
  'number',
  'issuedOn',
  'amountExTax',
  'tax',
  'amount',
  'checkCode',
  'sellerName',
  'sellerTaxId',
  'buyerName',
  'buyerTaxId',
] as const satisfies (keyof NewRecord)[]

/** The record with what the file adds; lines are added as a whole, since two formats write the same ones differently. */
function completed(before: NewRecord, fresh: NewRecord): NewRecord | { readonly refused: string } {
  const other = compared.find((column) => before[column] !== null && fresh[column] !== null && before[column] !== fresh[column])
  if (other !== undefined) return { refused: `the registry has another ${other}` }
  const known = Object.fromEntries(Object.entries(before).filter(([, value]) => value !== null)) as unknown as NewRecord
  return { ...fresh, ...known, updatedAt: fresh.updatedAt }
}
