import type { CalendarDate, Fen } from '../../domain/index.ts'
import type { EntryView } from '../../wallet/index.ts'

/** The wallet as the list shows it: month headers and cards. */
export type Row =
  | { readonly is: 'month'; readonly key: string; readonly month: Month }
  | { readonly is: 'card'; readonly key: string; readonly view: EntryView; readonly first: boolean }

/** One month of invoices. `sum` adds the tax-inclusive amounts; `withoutAmount` counts those that have none. */
export interface Month {
  /** Any date in it; null for invoices without a date. */
  readonly date: CalendarDate | null
  readonly count: number
  readonly sum: Fen
  readonly withoutAmount: number
}

/** Groups by month of issue, newest first, those without a date before all: they want completing. The order inside is by date, then as given. */
export function rowsOf(views: readonly EntryView[]): Row[] {
  const dateOf = (view: EntryView) => view.shown.invoice.issuedOn ?? '9999-99-99'
  const sorted = [...views].sort((a, b) => compare(dateOf(b), dateOf(a)))
  const rows: Row[] = []
  for (let start = 0; start < sorted.length;) {
    const key = dateOf(sorted[start] as EntryView).slice(0, 7)
    let end = start
    while (end < sorted.length && dateOf(sorted[end] as EntryView).startsWith(key)) end++
    const group = sorted.slice(start, end)
    rows.push({ is: 'month', key, month: monthOf(group) })
    rows.push(...group.map((view, index): Row => ({ is: 'card', key: view.entry.id, view, first: index === 0 })))
    start = end
  }
  return rows
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function monthOf(group: readonly EntryView[]): Month {
  let sum = 0
  let withoutAmount = 0
  for (const { shown } of group) {
    if (shown.invoice.amount === null) withoutAmount++
    else sum += shown.invoice.amount
  }
  return { date: group[0]?.shown.invoice.issuedOn ?? null, count: group.length, sum, withoutAmount }
}
