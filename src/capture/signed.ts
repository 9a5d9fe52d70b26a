import { emptyInvoice, type Draft, type Invoice, type Provenance } from '../domain/index.ts'

type Reading = Pick<Draft, 'invoice' | 'provenance'>

/** The part of a reading that counts as signed, and nothing else. @returns null when nothing does. */
export function signedPart({ invoice, provenance }: Reading): Reading | null {
  const signed = Object.fromEntries(Object.entries(provenance).filter(([, origin]) => origin === 'signed')) as Provenance
  if (Object.keys(signed).length === 0) return null
  const part: Record<string, unknown> = { ...emptyInvoice(signed.kind ? invoice.kind : 'other') }
  for (const field of Object.keys(signed)) {
    const [name, inner] = field.split('.') as [keyof Invoice, string | undefined]
    const value: unknown = invoice[name]
    part[name] = inner === undefined ? value : { ...(part[name] as object), [inner]: (value as Readonly<Record<string, unknown>>)[inner] }
  }
  return { invoice: part as unknown as Invoice, provenance: signed }
}
